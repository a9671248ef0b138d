using CloudNative.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.RabbitMq.Tests.MassTransit;

/// <summary>A service with this SDK and nothing of MassTransit.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly IHost _host;

    private Service(IHost host) => _host = host;

    public IEventPublisher Events => _host.Services.GetRequiredService<IEventPublisher>();

    public Recorder Got { get; } = new();

    public static Service Build(Uri address)
    {
        const string topics = "CloudNative:RabbitMq:Topics";
        const string names = "CloudNative.RabbitMq.Tests.MassTransit";
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:rabbitmq"] = address.OriginalString,
            ["CloudNative:Service:Name"] = "orders",
            ["CloudNative:Eventing:Provider"] = RabbitMqProvider.Name,
            [$"{topics}:orders:Format"] = "MassTransit",
            [$"{topics}:orders:MassTransit:orders.placed.v1:MessageType"] = $"{names}:OrderPlaced",
            [$"{topics}:orders:MassTransit:orders.placed.v1:Implements:0"] = $"{names}:IOrderEvent",
            [$"{topics}:submissions:Format"] = "MassTransit",
            [$"{topics}:submissions:MassTransit:orders.submit.v1:MessageType"] = $"{names}:SubmitOrder",
            [$"{topics}:submissions:MassTransit:orders.submit.v1:Exchange"] = "submit-order",
        });
        builder.Services.AddCloudNativeEventing();
        builder.Services.AddCloudNativeRabbitMq();
        return new Service(builder.Build());
    }

    /// <summary>One that handles orders in a group of its own.</summary>
    public static async Task<Service> StartAsync(Uri address)
    {
        var service = Build(address);
        service._host.MapEvent<OrderPlaced>("orders", (order, context, _) =>
        {
            service.Got.Add(new Arrival(
                order.Order,
                context.Event.Id,
                order.Total,
                context.Event.TraceParent,
                context.Event.Extensions?.GetValueOrDefault("correlationid") as string,
                context.Event.Extensions?.GetValueOrDefault("tenant")));
            return ValueTask.CompletedTask;
        });
        service._host.MapEvent<SubmitOrder>("submissions", (order, context, _) =>
        {
            service.Got.Add(new Arrival(order.Order, context.Event.Id));
            return ValueTask.CompletedTask;
        });
        await service._host.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
