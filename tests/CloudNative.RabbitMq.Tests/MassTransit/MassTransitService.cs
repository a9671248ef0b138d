using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.RabbitMq.Tests.MassTransit;

/// <summary>A service with MassTransit 8.5.12 and nothing of this SDK.</summary>
internal sealed class MassTransitService : IAsyncDisposable
{
    private readonly IHost _host;

    private MassTransitService(IHost host) => _host = host;

    public IBus Bus => _host.Services.GetRequiredService<IBus>();

    public Recorder Got => _host.Services.GetRequiredService<Recorder>();

    public static Task<MassTransitService> StartAsync(Uri address, params Type[] consumers) =>
        StartAsync(address, _ => { }, consumers);

    public static async Task<MassTransitService> StartAsync(
        Uri address, Action<IRabbitMqBusFactoryConfigurator> configure, params Type[] consumers)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<Recorder>();
        builder.Services.AddMassTransit(bus =>
        {
            bus.SetKebabCaseEndpointNameFormatter();
            bus.AddConsumers(consumers);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host("127.0.0.1", (ushort)address.Port, address.AbsolutePath[1..], host =>
                {
                    host.Username("guest");
                    host.Password("guest");
                });
                configure(rabbit);
                rabbit.ConfigureEndpoints(context);
            });
        });
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = true);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new MassTransitService(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
