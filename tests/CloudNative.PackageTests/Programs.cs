namespace CloudNative.PackageTests;

/// <summary>What the consumers run: a service as its template makes it, and the lines of the README.</summary>
internal static class Programs
{
    public const string Web = """
        var builder = WebApplication.CreateBuilder(args);
        builder.AddCloudNative();
        builder.Services.AddHttpClient("hello", client => client.BaseAddress = new Uri("http://hello"));

        var app = builder.Build();
        app.MapCloudNative();
        app.MapGet("/who", () => Environment.ProcessId.ToString());
        app.MapGet("/ask", (IHttpClientFactory clients) => clients.CreateClient("hello").GetStringAsync("/who"));
        app.Run();
        """;

    public const string AheadOfTime = """
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddCloudNative();
        builder.Services.AddHttpClient("hello", client => client.BaseAddress = new Uri("http://hello"));

        var app = builder.Build();
        app.MapCloudNative();
        app.MapGet("/who", () => Environment.ProcessId.ToString());
        app.MapGet("/ask", (IHttpClientFactory clients) => clients.CreateClient("hello").GetStringAsync("/who"));
        app.Run();
        """;

    public const string Worker = """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        var builder = Host.CreateApplicationBuilder(args);
        builder.AddCloudNative();
        builder.Services.AddHostedService<Ticker>();
        builder.Build().Run();

        sealed class Ticker(IHostApplicationLifetime lifetime) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                lifetime.ApplicationStarted.Register(() => Console.WriteLine("worker started"));
                await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Console.WriteLine("worker stopped");
            }
        }
        """;

    /// <summary>Handles an event that it publishes; says whether generated code called the handler.</summary>
    public const string EventsInAWebApp = """
        using CloudNative.Eventing;

        var builder = WebApplication.CreateBuilder(args);
        builder.AddCloudNative();
        builder.Services.AddSingleton<Counter>();

        var app = builder.Build();
        app.MapCloudNative();
        app.MapEvent("orders", (OrderPlaced order, Counter counter, CancellationToken cancellationToken) =>
        {
            var isGenerated = Environment.StackTrace.Contains("CloudNative.Eventing.Generated");
            Console.WriteLine($"order {order.Number}, {counter.Next()} handled, generated: {isGenerated}");
        });
        await app.StartAsync();
        await app.Services.GetRequiredService<IEventPublisher>().PublishAsync(new OrderPlaced(7), null, default);
        await app.WaitForShutdownAsync();

        [Event("orders.placed")]
        public sealed record OrderPlaced(int Number);

        public sealed class Counter
        {
            private int _count;

            public int Next() => Interlocked.Increment(ref _count);
        }
        """;

    /// <summary>The same in a worker, with a class as handler besides.</summary>
    public const string EventsInAWorker = """
        using CloudNative.Eventing;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        var builder = Host.CreateApplicationBuilder(args);
        builder.AddCloudNative();
        var host = builder.Build();
        host.MapEvent<Class>("orders").WithGroup("classes");
        host.MapEvent("orders", async (OrderPlaced order, EventContext context) =>
        {
            Console.WriteLine($"order {order.Number}, attempt {context.Attempt}, generated: "
                + Environment.StackTrace.Contains("CloudNative.Eventing.Generated"));
            await Task.Yield();
        });
        await host.StartAsync();
        await host.Services.GetRequiredService<IEventPublisher>().PublishAsync(new OrderPlaced(7), null, default);
        await host.WaitForShutdownAsync();

        [Event("orders.placed")]
        public sealed record OrderPlaced(int Number);

        public sealed class Class : IEventHandler<OrderPlaced>
        {
            public ValueTask HandleAsync(OrderPlaced data, EventContext context, CancellationToken cancellationToken)
            {
                Console.WriteLine($"class got order {data.Number}");
                return ValueTask.CompletedTask;
            }
        }
        """;

    /// <summary>The same, compiled ahead of time.</summary>
    public const string EventsAheadOfTime = """
        using System.Text.Json.Serialization;
        using CloudNative.Eventing;

        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddCloudNative(cloud => cloud.Events.AddJsonContext(EventJson.Default));
        var app = builder.Build();
        app.MapCloudNative();
        app.MapEvent<Class>("orders").WithGroup("classes");
        app.MapEvent("orders", (OrderPlaced order, IServiceProvider services) => Console.WriteLine($"order {order.Number} handled"));
        await app.StartAsync();
        await app.Services.GetRequiredService<IEventPublisher>().PublishAsync(new OrderPlaced(7), null, default);
        await app.WaitForShutdownAsync();

        [Event("orders.placed")]
        public sealed record OrderPlaced(int Number);

        public sealed class Class : IEventHandler<OrderPlaced>
        {
            public ValueTask HandleAsync(OrderPlaced data, EventContext context, CancellationToken cancellationToken)
            {
                Console.WriteLine($"class got order {data.Number}");
                return ValueTask.CompletedTask;
            }
        }

        [JsonSerializable(typeof(OrderPlaced))]
        internal sealed partial class EventJson : JsonSerializerContext;
        """;

    /// <summary>Clients that the analyzers object to: one made by hand, one that dials by itself.</summary>
    public const string BadClients = """
        var builder = WebApplication.CreateBuilder(args);
        builder.AddCloudNative();
        builder.Services.AddSingleton(new HttpClient { BaseAddress = new Uri("http://catalog") });
        builder.Services.AddHttpClient("billing", client => client.BaseAddress = new Uri("https+http://billing"))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { ConnectCallback = (_, _) => default });
        builder.Build().Run();
        """;

    /// <summary>Code that the analyzers of the package object to.</summary>
    public const string BadHandler = """
        using CloudNative.Eventing;
        using Microsoft.Extensions.Hosting;

        var host = Host.CreateApplicationBuilder(args).Build();
        host.MapEvent("my orders", (OrderPlaced order) => { });

        [Event("orders.placed")]
        public sealed record OrderPlaced(Action Done);
        """;
}
