import gevent
from locust import HttpUser, constant, events, task


class Customer(HttpUser):
    wait_time = constant(0.05)

    @task(3)
    def look(self):
        self.client.get("/menu")

    @task
    def order(self):
        self.client.post("/orders?dish=soup", name="/orders")


@events.init.add_listener
def end_when_enough(environment, **kwargs):
    def count(**kwargs):
        if environment.stats.total.num_requests == 200:
            gevent.spawn(environment.runner.quit)

    environment.events.request.add_listener(count)
