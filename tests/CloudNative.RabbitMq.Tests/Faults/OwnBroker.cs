namespace CloudNative.RabbitMq.Tests.Faults;

/// <summary>A broker that the tests of one class may kill and starve.</summary>
public sealed class OwnBroker : IAsyncLifetime
{
    public RabbitMqServer Server { get; } = new();

    public ValueTask InitializeAsync() => Server.InitializeAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
