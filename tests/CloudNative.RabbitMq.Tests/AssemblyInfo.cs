// One broker for all tests; each has a vhost of its own.
[assembly: AssemblyFixture(typeof(RabbitMqServer))]
