using System.Collections.Concurrent;
using CloudNative.Eventing.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Eventing.Tests;

public sealed class CloudNativeEventHostExtensionsTests
{
    private static readonly string[] Expected = ["17"];

    public static TheoryData<string> Forms => ["callback", "class", "method", "class by reflection", "static method", "task", "keyed"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task MapEvent_EachForm_HandlesTheEvent(string form)
    {
        await using var host = EventHost.Build(Configure);
        Map(form, host.Host);
        await host.StartAsync();

        var settlement = await host.Transport.Deliver(new OrderPlaced("17")).Settled;

        Assert.Equal(SettlementKind.Complete, settlement.Kind);
        Assert.Equal(Expected, host.Services.GetRequiredService<Seen>().Orders);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Handle_EachForm_HandlesTheEvent(string form)
    {
        await using var host = EventHost.Build(Configure, events => Map(form, events));
        await host.StartAsync();

        var settlement = await host.Transport.Deliver(new OrderPlaced("17")).Settled;

        Assert.Equal(SettlementKind.Complete, settlement.Kind);
        Assert.Equal(Expected, host.Services.GetRequiredService<Seen>().Orders);
    }

    [Fact]
    public async Task MapEvent_AfterTheStart_Throws()
    {
        await using var host = EventHost.Build();
        await host.StartAsync();

        var exception = Assert.Throws<InvalidOperationException>(() => host.Host.MapEvent<OrderPlaced>("orders", Nothing));

        Assert.StartsWith("CN9012 ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithGroup_AfterTheStart_Throws()
    {
        await using var host = EventHost.Build();
        var handler = host.Host.MapEvent<OrderPlaced>("orders", Nothing);
        await host.StartAsync();

        Assert.Throws<InvalidOperationException>(() => handler.WithGroup("late"));
    }

    [Fact]
    public void MapEvent_WithoutEvents_SaysWhatToAdd()
    {
        using var host = Host.CreateEmptyApplicationBuilder(null).Build();

        var exception = Assert.Throws<InvalidOperationException>(() => host.MapEvent<OrderPlaced>("orders", Nothing));

        Assert.Contains("AddCloudNativeEventing", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MapEvent_DisposableHandlerThatIsNotRegistered_IsDisposedAfterTheAttempt()
    {
        await using var host = EventHost.Build(Configure);
        host.Host.MapEvent<Disposable, OrderPlaced>("orders");
        await host.StartAsync();

        await host.Transport.Deliver(new OrderPlaced("17")).Settled;

        Assert.Equal(["handled", "disposed"], host.Services.GetRequiredService<Seen>().Orders);
    }

    private static void Configure(HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Seen>();
        builder.Services.AddKeyedSingleton<string>("greeting", "hello");
    }

    private static void Map(string form, IHost host) => _ = form switch
    {
        "callback" => host.MapEvent<OrderPlaced>("orders", See),
        "class" => host.MapEvent<Handler, OrderPlaced>("orders"),
        "method" => host.MapEvent("orders", Method),
        "static method" => host.MapEvent("orders", StaticMethod),
        "task" => host.MapEvent("orders", TaskMethod),
        "keyed" => host.MapEvent("orders", Keyed),
        _ => host.MapEvent<Handler>("orders"),
    };

    private static void Map(string form, IEventsBuilder events) => _ = form switch
    {
        "callback" => events.Handle<OrderPlaced>("orders", See),
        "class" => events.Handle<Handler, OrderPlaced>("orders"),
        "method" => events.Handle("orders", Method),
        "static method" => events.Handle("orders", StaticMethod),
        "task" => events.Handle("orders", TaskMethod),
        "keyed" => events.Handle("orders", Keyed),
        _ => events.Handle<Handler>("orders"),
    };

    private static ValueTask Nothing(OrderPlaced order, EventContext context, CancellationToken cancellationToken) => default;

    private static ValueTask See(OrderPlaced order, EventContext context, CancellationToken cancellationToken)
    {
        context.Services.GetRequiredService<Seen>().Orders.Enqueue(order.Order);
        return default;
    }

    private static ValueTask Method(
        Seen seen, OrderPlaced order, EventContext context, EventEnvelope envelope, IServiceProvider services, CancellationToken token)
    {
        Assert.Same(envelope, context.Event);
        Assert.Same(services, context.Services);
        Assert.True(token.CanBeCanceled);
        seen.Orders.Enqueue(order.Order);
        return default;
    }

    private static void StaticMethod(OrderPlaced order, Seen seen, Uri? missing = null)
    {
        Assert.Null(missing);
        seen.Orders.Enqueue(order.Order);
    }

    private static async Task TaskMethod(OrderPlaced order, Seen seen)
    {
        await Task.Yield();
        seen.Orders.Enqueue(order.Order);
    }

    private static void Keyed(OrderPlaced order, [FromKeyedServices("greeting")] string greeting, Seen seen)
    {
        Assert.Equal("hello", greeting);
        seen.Orders.Enqueue(order.Order);
    }

    internal sealed class Seen
    {
        public ConcurrentQueue<string> Orders { get; } = new();
    }

    internal sealed class Handler(Seen seen) : IEventHandler<OrderPlaced>
    {
        public ValueTask HandleAsync(OrderPlaced data, EventContext context, CancellationToken cancellationToken)
        {
            seen.Orders.Enqueue(data.Order);
            return default;
        }
    }

    internal sealed class Disposable(Seen seen) : IEventHandler<OrderPlaced>, IDisposable
    {
        public ValueTask HandleAsync(OrderPlaced data, EventContext context, CancellationToken cancellationToken)
        {
            seen.Orders.Enqueue("handled");
            return default;
        }

        public void Dispose() => seen.Orders.Enqueue("disposed");
    }
}
