using System.Diagnostics;
using System.Globalization;
using CloudNative.Eventing;
using MassTransit;

namespace CloudNative.RabbitMq.Tests.MassTransit;

/// <summary>A service with MassTransit 8.5.12 on one side and one with this SDK on the other, on one broker.</summary>
public sealed class HalfAndHalfTests(RabbitMqServer server)
{
    private const int Each = 200;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Publish_FromBothSides_ReachesBoth(bool massTransitFirst)
    {
        var address = server.Address(await server.CreateVhostAsync());
        var early = massTransitFirst ? null : await Service.StartAsync(address);
        await using var theirs = await MassTransitService.StartAsync(address, typeof(OrderPlacedConsumer));
        await using var ours = early ?? await Service.StartAsync(address);
        for (var number = 0; number < Each; number++)
        {
            await theirs.Bus.Publish(new OrderPlaced(Text("mt", number), 3.5m), Cancelled);
            await ours.Events.PublishAsync(new OrderPlaced(Text("cn", number), 4.25m), null, Cancelled);
        }

        await ours.Got.UntilAsync(2 * Each);
        await theirs.Got.UntilAsync(2 * Each);
        var expected = Enumerable.Range(0, Each).SelectMany(number => new[] { Text("mt", number), Text("cn", number) }).ToHashSet();
        Assert.Equal(expected, ours.Got.Orders());
        Assert.Equal(expected, theirs.Got.Orders());
        Assert.Equal(2 * Each, ours.Got.Arrivals.Count);
        Assert.Equal(2 * Each, theirs.Got.Arrivals.Count);
        Assert.Equal(Ids(theirs), Ids(ours));
        Assert.All(ours.Got.Arrivals.Concat(theirs.Got.Arrivals), arrival =>
            Assert.Equal(arrival.Order.StartsWith("mt", StringComparison.Ordinal) ? 3.5m : 4.25m, arrival.Total));

        static HashSet<(string, string)> Ids(object side) =>
            [.. (side is Service service ? service.Got : ((MassTransitService)side).Got).Arrivals.Select(one => (one.Order, one.Id))];
    }

    [Fact]
    public async Task Publish_FromMassTransit_CarriesTraceCorrelationAndHeaders()
    {
        using var listening = Listen();
        var address = server.Address(await server.CreateVhostAsync());
        await using var ours = await Service.StartAsync(address);
        await using var theirs = await MassTransitService.StartAsync(address);
        using var trace = new Activity("a request").SetIdFormat(ActivityIdFormat.W3C).Start();
        var correlation = Guid.CreateVersion7();
        await theirs.Bus.Publish(
            new OrderPlaced("1", 1),
            context =>
            {
                context.CorrelationId = correlation;
                context.Headers.Set("tenant", "north");
            },
            Cancelled);
        var arrival = await ours.Got.FirstAsync();
        Assert.Equal(trace.TraceId.ToString(), ActivityContext.Parse(arrival.Trace!, null).TraceId.ToString());
        Assert.Equal((correlation.ToString(), "north"), (arrival.Correlation, arrival.Tenant));
    }

    [Fact]
    public async Task Publish_FromHere_CarriesTraceCorrelationAndHeaders()
    {
        using var listening = Listen();
        var address = server.Address(await server.CreateVhostAsync());
        await using var theirs = await MassTransitService.StartAsync(address, typeof(OrderPlacedConsumer));
        await using var ours = await Service.StartAsync(address);
        using var trace = new Activity("a request").SetIdFormat(ActivityIdFormat.W3C).Start();
        var correlation = Guid.CreateVersion7().ToString();
        var options = new PublishOptions
        {
            Extensions = new Dictionary<string, object> { ["correlationid"] = correlation, ["tenant"] = "north" },
        };
        await ours.Events.PublishAsync(new OrderPlaced("1", 1), options, Cancelled);
        var arrival = await theirs.Got.FirstAsync();
        Assert.Equal(trace.TraceId.ToString(), ActivityContext.Parse(arrival.Trace!, null).TraceId.ToString());
        Assert.Equal((correlation, "north"), (arrival.Correlation, arrival.Tenant));
        var here = await ours.Got.FirstAsync();
        Assert.Equal((arrival.Id, correlation, "north"), (here.Id, here.Correlation, here.Tenant));
    }

    [Fact]
    public async Task Publish_ToConsumerOfAnInterface_ReachesIt()
    {
        var address = server.Address(await server.CreateVhostAsync());
        await using var theirs = await MassTransitService.StartAsync(address, typeof(OrderEventConsumer));
        await using var ours = Service.Build(address);
        await ours.Events.PublishAsync(new OrderPlaced("1", 1), null, Cancelled);
        Assert.Equal("1", (await theirs.Got.FirstAsync()).Order);
    }

    [Fact]
    public async Task Publish_RawJsonFromMassTransit_IsRead()
    {
        var address = server.Address(await server.CreateVhostAsync());
        await using var ours = await Service.StartAsync(address);
        await using var theirs = await MassTransitService.StartAsync(address, rabbit => rabbit.UseRawJsonSerializer());
        var id = NewId.NextGuid();
        await theirs.Bus.Publish(new OrderPlaced("1", 1.5m), context => context.MessageId = id, Cancelled);
        var arrival = await ours.Got.FirstAsync();
        Assert.Equal(("1", id.ToString(), 1.5m), (arrival.Order, arrival.Id, arrival.Total));
    }

    [Fact]
    public async Task Publish_HeldBack_ReachesBothOnce()
    {
        var address = server.Address(await server.CreateVhostAsync());
        await using var theirs = await MassTransitService.StartAsync(address, typeof(OrderPlacedConsumer));
        await using var ours = await Service.StartAsync(address);
        var later = new PublishOptions { Delay = TimeSpan.FromMilliseconds(750) };
        await ours.Events.PublishAsync(new OrderPlaced("late", 1), later, Cancelled);
        Assert.Equal("late", (await theirs.Got.FirstAsync()).Order);
        Assert.Equal("late", (await ours.Got.FirstAsync()).Order);
        await ours.Events.PublishAsync(new OrderPlaced("next", 1), null, Cancelled);
        await ours.Got.UntilAsync(2);
        await theirs.Got.UntilAsync(2);
        Assert.Equal((2, 2), (ours.Got.Arrivals.Count, theirs.Got.Arrivals.Count));
    }

    [Fact]
    public async Task Send_FromHereToAnEndpoint_ReachesItsConsumer()
    {
        var address = server.Address(await server.CreateVhostAsync());
        await using var theirs = await MassTransitService.StartAsync(address, typeof(SubmitOrderConsumer));
        await using var ours = Service.Build(address);
        await ours.Events.PublishAsync(new SubmitOrder("1"), null, Cancelled);
        Assert.Equal("1", (await theirs.Got.FirstAsync()).Order);
    }

    [Fact]
    public async Task Send_FromMassTransitToTheExchangeOfAnEndpoint_ReachesHandlersHere()
    {
        var address = server.Address(await server.CreateVhostAsync());
        await using var ours = await Service.StartAsync(address);
        await using var theirs = await MassTransitService.StartAsync(address);
        var endpoint = await theirs.Bus.GetSendEndpoint(new Uri("exchange:submit-order"));
        await endpoint.Send(new SubmitOrder("1"), Cancelled);
        Assert.Equal("1", (await ours.Got.FirstAsync()).Order);
    }

    private static string Text(string side, int number) => string.Create(CultureInfo.InvariantCulture, $"{side}-{number}");

    private static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "MassTransit",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
