using CloudNative.Eventing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Comparison.Events;

/// <summary>CloudNative.Eventing on its transport in memory, with everything it does for an event.</summary>
internal sealed class HerePeer(IHost host, SaleCounter counter) : EventPeer(HereName, host, counter)
{
    public const string HereName = "here";
    private readonly IEventPublisher _publisher = host.Services.GetRequiredService<IEventPublisher>();

    public static async Task<EventPeer> StartAsync()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["CloudNative:Eventing:Provider"] = "memory";
        builder.Services.AddSingleton<SaleCounter>();
        builder.Services.AddCloudNativeEventing();
        builder.Services.AddEventJsonContext(SaleJson.Default);
        var host = builder.Build();
        host.MapEvent<Handler, Sale>("sales");
        await host.StartAsync();
        return new HerePeer(host, host.Services.GetRequiredService<SaleCounter>());
    }

    public override ValueTask PublishAsync(Sale sale) => _publisher.PublishAsync(sale, null, CancellationToken.None);

    private sealed class Handler(SaleCounter counter) : IEventHandler<Sale>
    {
        public ValueTask HandleAsync(Sale data, EventContext context, CancellationToken cancellationToken)
        {
            counter.Handled(data);
            return ValueTask.CompletedTask;
        }
    }
}
