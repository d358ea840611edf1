def test_a_program_a_server_and_a_file_are_waited_for_together(recording):
    run = recording("all_three")
    assert run.out == [
        "program: begins",
        "server: asked",
        "file: has 8 words",
        "program: printed 499500",
        "server: answered 19 degrees",
    ]
