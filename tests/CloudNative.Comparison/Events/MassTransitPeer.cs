using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Comparison.Events;

/// <summary>MassTransit's transport in memory, with as many consumers at a time as here.</summary>
internal sealed class MassTransitPeer(IHost host, SaleCounter counter) : EventPeer(MassTransitName, host, counter)
{
    public const string MassTransitName = "MassTransit 8.5.12";
    private readonly IBus _bus = host.Services.GetRequiredService<IBus>();

    public static async Task<EventPeer> StartAsync()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<SaleCounter>();
        builder.Services.AddMassTransit(bus =>
        {
            bus.AddConsumer<SaleConsumer>();
            bus.UsingInMemory((context, memory) =>
            {
                memory.ConcurrentMessageLimit = 16;
                memory.ConfigureEndpoints(context);
            });
        });
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = true);
        var host = builder.Build();
        await host.StartAsync();
        return new MassTransitPeer(host, host.Services.GetRequiredService<SaleCounter>());
    }

    public override ValueTask PublishAsync(Sale sale) => new(_bus.Publish(sale));

    private sealed class SaleConsumer(SaleCounter counter) : IConsumer<Sale>
    {
        public Task Consume(ConsumeContext<Sale> context)
        {
            counter.Handled(context.Message);
            return Task.CompletedTask;
        }
    }
}
