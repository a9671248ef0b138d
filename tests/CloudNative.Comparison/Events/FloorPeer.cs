using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Comparison.Events;

/// <summary>What nobody can do without: a channel of bytes, JSON by the source generator both ways, a scope and a handler.</summary>
internal sealed class FloorPeer(IHost host, SaleCounter counter, Channel<byte[]> channel) : EventPeer(FloorName, host, counter)
{
    public const string FloorName = "channel + scope + JSON";
    private const int Capacity = 1024;

    public static async Task<EventPeer> StartAsync()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        var channel = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Capacity) { SingleReader = true });
        builder.Services.AddSingleton<SaleCounter>();
        builder.Services.AddScoped<Handler>();
        builder.Services.AddSingleton(channel.Reader);
        builder.Services.AddHostedService<Loop>();
        var host = builder.Build();
        await host.StartAsync();
        return new FloorPeer(host, host.Services.GetRequiredService<SaleCounter>(), channel);
    }

    public override ValueTask PublishAsync(Sale sale) =>
        channel.Writer.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(sale, SaleJson.Default.Sale));

    private sealed class Handler(SaleCounter counter)
    {
        public ValueTask HandleAsync(Sale sale)
        {
            counter.Handled(sale);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Loop(ChannelReader<byte[]> reader, IServiceScopeFactory scopes) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await foreach (var bytes in reader.ReadAllAsync(stoppingToken))
            {
                await using var scope = scopes.CreateAsyncScope();
                var handler = scope.ServiceProvider.GetRequiredService<Handler>();
                await handler.HandleAsync(JsonSerializer.Deserialize(bytes, SaleJson.Default.Sale)!);
            }
        }
    }
}
