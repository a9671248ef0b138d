using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wolverine;

namespace CloudNative.Comparison.Events;

/// <summary>
/// Wolverine's local queue, buffered: its documented way within a process, https://wolverinefx.net/guide/messaging/transports/local.html.
/// Nothing is serialised there. Without storage, and with as many handlers at a time as here.
/// </summary>
internal sealed class WolverinePeer(IHost host, SaleCounter counter) : EventPeer(WolverineName, host, counter)
{
    public const string WolverineName = "Wolverine 6.62";
    private readonly IMessageBus _bus = host.Services.GetRequiredService<IMessageBus>();

    public static async Task<EventPeer> StartAsync()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<SaleCounter>();
        builder.UseWolverine(options =>
        {
            options.Durability.Mode = DurabilityMode.Solo;
            options.Discovery.DisableConventionalDiscovery().IncludeType<WolverineSaleHandler>();
            options.PublishMessage<Sale>().ToLocalQueue("sales").BufferedInMemory().MaximumParallelMessages(16);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new WolverinePeer(host, host.Services.GetRequiredService<SaleCounter>());
    }

    public override ValueTask PublishAsync(Sale sale) => _bus.PublishAsync(sale);
}
