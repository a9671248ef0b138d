using CloudNative.Configuration;
using CloudNative.Eventing.Tests.Fakes;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Eventing.Tests.Planning;

public sealed class PlannerTests
{
    [Fact]
    public async Task Start_HandlersOfTwoTypesInOneGroup_ShareASubscription()
    {
        await using var host = EventHost.Build();
        host.Host.MapEvent<OrderPlaced>("orders", Nothing).InOrder();
        host.Host.MapEvent<OrderCancelled>("orders", Nothing).WithConcurrency(4).StartWith(EventStart.Next);
        host.Host.MapEvent<OrderPlaced>("orders", Nothing).WithGroup("billing");

        await host.StartAsync();

        Assert.Equal(["billing", "tests"], host.Transport.Subscriptions.Select(each => each.Spec.Group).Order());
        var shared = host.Transport.Subscriptions.Single(each => each.Spec.Group == "tests").Spec;
        Assert.Equal((EventOrdering.ByKey, 4, EventStart.Next), (shared.Ordering, shared.MaxInFlight, shared.Start));
    }

    [Fact]
    public async Task Broadcast_Always_HasAGroupOfThisProcessThatBeginsWithTheNextEvent()
    {
        await using var host = EventHost.Build();
        host.Host.MapEvent<OrderPlaced>("orders", Nothing).Broadcast();

        await host.StartAsync();

        var spec = host.Transport.Subscriptions.Single().Spec;
        Assert.StartsWith("tests:", spec.Group, StringComparison.Ordinal);
        Assert.True(EventTopic.IsValid(spec.Group));
        Assert.Equal((true, EventStart.Next), (spec.Broadcast, spec.Start));
    }

    [Fact]
    public async Task Start_OptionsAreInvalid_NamesThemAndDoesNotFailOtherwise()
    {
        await using var host = EventHost.Build(settings:
            [("CloudNative:Eventing:Concurrency", "0"), ("CloudNative:Eventing:Retry:MaxDelay", "00:00:00.5")]);
        Map(host);

        var failures = (await RefusedAsync(host)).Failures;

        Assert.Contains(failures, line => line.StartsWith("CN9001 CloudNative:Eventing:Concurrency ", StringComparison.Ordinal));
        Assert.Contains(failures, line => line.StartsWith("CN9001 CloudNative:Eventing:Retry:MaxDelay ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, null, null, DeadLetterOrdering.Sequenced)]
    [InlineData("Independent", null, null, DeadLetterOrdering.Independent)]
    [InlineData("Independent", DeadLetterOrdering.Sequenced, null, DeadLetterOrdering.Sequenced)]
    [InlineData(null, DeadLetterOrdering.Sequenced, "Independent", DeadLetterOrdering.Independent)]
    public async Task Start_DeadLetterOrdering_GroupWinsOverCodeOverAll(
        string? all, DeadLetterOrdering? code, string? group, DeadLetterOrdering expected)
    {
        await using var host = EventHost.Build(settings:
            [("CloudNative:Eventing:DeadLetterOrdering", all), ("CloudNative:Eventing:Groups:tests:DeadLetterOrdering", group)]);
        var handler = host.Host.MapEvent<OrderPlaced>("orders", Nothing);
        _ = code is { } said ? handler.InOrder(said) : handler.InOrder();

        await host.StartAsync();

        Assert.Equal(expected, host.Transport.Subscriptions.Single().Spec.DeadLetterOrdering);
    }

    [Fact]
    public async Task Start_TransportCannotHaveThemWait_GoesPastDeadLettersAndSaysSo()
    {
        await using var host = EventHost.Build();
        host.Transport.Capabilities = TransportCapabilities.Ordered;
        host.Host.MapEvent<OrderPlaced>("orders", Nothing).InOrder();

        await host.StartAsync();

        Assert.Equal(DeadLetterOrdering.Independent, host.Transport.Subscriptions.Single().Spec.DeadLetterOrdering);
        Assert.Contains(
            host.Log.All, line => line.Contains("orders for tests (in order, but past dead letters)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_AsksForWhatTheTransportCannotHaveWait_IsRefused()
    {
        await using var host = EventHost.Build();
        host.Transport.Capabilities = TransportCapabilities.Ordered;
        host.Host.MapEvent<OrderPlaced>("orders", Nothing).InOrder(DeadLetterOrdering.Sequenced);

        var failure = Assert.Single((await RefusedAsync(host)).Failures);

        Assert.StartsWith("CN9011 ", failure, StringComparison.Ordinal);
        Assert.Contains("across dead letters", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_HandlersDoNotFit_ListsAllOfThemAtOnce()
    {
        await using var host = EventHost.Build();
        host.Transport.Capabilities = TransportCapabilities.None;
        Map(host);

        var failures = (await RefusedAsync(host)).Failures;

        Has("CN9002 ", "System.String has no [Event] attribute");
        Has("CN9008 ", "AsyncVoid", "async void");
        Has("CN9008 ", "a method with a parameter for the event");
        Has("CN9008 ", "Both", "Name the type");
        Has("CN9009 ", "WithConcurrency 2 and 3");
        Has("CN9009 ", "Broadcast by some");
        Has("CN9010 ", "handled twice for orders.placed.v1");
        Has("CN9011 ", "InOrder");
        Has("CN9011 ", "Broadcast)");
        Has("CN9014 ", "'no topic'");
        Has("CN9001 ", "WithRetry:Immediate");

        void Has(params string[] parts) => Assert.Contains(
            failures, line => line.StartsWith(parts[0], StringComparison.Ordinal) && parts.All(line.Contains));
    }

    [Fact]
    public async Task Start_HandlersAndNoProviderInProduction_IsRefused()
    {
        await using var host = EventHost.Build(isServed: false);
        host.Host.MapEvent<OrderPlaced>("orders", Nothing);

        var failures = (await RefusedAsync(host)).Failures;

        Assert.StartsWith("CN9007 CloudNative:Eventing:Provider", Assert.Single(failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ProviderThatNobodyInstalled_IsRefusedOnce()
    {
        await using var host = EventHost.Build(isServed: false, settings: [("CloudNative:Eventing:Provider", "rabbitmq")]);
        host.Host.MapEvent<OrderPlaced>("orders", Nothing);

        Assert.StartsWith("CN1012 ", Assert.Single((await RefusedAsync(host)).Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CloudNative:Eventing:Provider", "none")]
    [InlineData("CloudNative:Eventing:Enabled", "false")]
    public async Task Start_EventsAreSwitchedOff_HandlesNothing(string key, string value)
    {
        await using var host = EventHost.Build(settings: [(key, value)]);
        host.Host.MapEvent<OrderPlaced>("orders", Nothing);

        await host.StartAsync();

        Assert.Empty(host.Transport.Subscriptions);
        Assert.Contains(host.Log.All, line => line.Contains("not handled: switched off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_NoHandlersAndNoProvider_Starts()
    {
        await using var host = EventHost.Build(isServed: false);

        await host.StartAsync();

        var exception = await Assert.ThrowsAsync<EventTransportException>(async () =>
            await host.Publisher.PublishAsync(new OrderPlaced("17"), options: null, TestContext.Current.CancellationToken));
        Assert.StartsWith("CN9007 ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnderATool_SubscribesToNothing()
    {
        await using var host = EventHost.Build(settings: [("CloudNative:Hosting:Mode", "DesignTime")]);
        host.Host.MapEvent<OrderPlaced>("orders", Nothing);

        await host.StartAsync();

        Assert.Empty(host.Transport.Subscriptions);
    }

    private static void Map(EventHost host)
    {
        host.Host.MapEvent<OrderPlaced>("orders", Nothing).WithConcurrency(2).InOrder();
        host.Host.MapEvent<OrderPlaced>("orders", Nothing).WithConcurrency(3).Broadcast();
        host.Host.MapEvent<string>("words", (_, _, _) => default);
        host.Host.MapEvent("orders", AsyncVoid);
        host.Host.MapEvent("orders", (EventContext context) => context.DeadLetter("x"));
        host.Host.MapEvent<Both>("orders");
        host.Host.MapEvent<OrderCancelled>("no topic", Nothing);
        host.Host.MapEvent<OrderCancelled>("stock", Nothing).WithRetry(retry => retry.Immediate = 11);
    }

    private static async Task<CloudNativeConfigurationException> RefusedAsync(EventHost host) =>
        await Assert.ThrowsAsync<CloudNativeConfigurationException>(host.StartAsync);

    private static ValueTask Nothing<T>(T data, EventContext context, CancellationToken cancellationToken) => default;

    private static async void AsyncVoid(OrderPlaced order) => await Task.Yield();

    internal sealed class Both : IEventHandler<OrderPlaced>, IEventHandler<OrderCancelled>
    {
        public ValueTask HandleAsync(OrderPlaced data, EventContext context, CancellationToken cancellationToken) => default;

        public ValueTask HandleAsync(OrderCancelled data, EventContext context, CancellationToken cancellationToken) => default;
    }
}
