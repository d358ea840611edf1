from locust import HttpUser, constant, task


class Customer(HttpUser):
    wait_time = constant(0.05)

    @task(3)
    def look(self):
        self.client.get("/menu")

    @task
    def order(self):
        self.client.post("/orders?dish=soup", name="/orders")
