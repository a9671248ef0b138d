using CloudNative.Discovery;

namespace CloudNative.Testing.Tests;

public sealed class RegistryFaultsTests
{
    private readonly RegistryFaults _faults = new();
    private readonly InMemoryServiceRegistry _memory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static ServiceInstance Instance =>
        new() { Service = "catalog", Id = "a", Endpoints = [new InstanceEndpoint("http", "127.0.0.1", 5000)] };

    [Fact]
    public async Task Register_WhileDown_FailsUntilItRecovers()
    {
        var registry = new FaultyServiceRegistry(_memory, _faults);
        _faults.GoDown("on fire");
        var failure = await Assert.ThrowsAsync<ServiceRegistryException>(() => registry.RegisterAsync(Instance, Cancelled).AsTask());
        Assert.Equal("on fire", failure.Message);
        _faults.Recover();
        await registry.RegisterAsync(Instance, Cancelled);
        Assert.Equal(2, _faults.Attempts);
    }

    [Fact]
    public async Task FailNext_Two_TheThirdSucceeds()
    {
        var registry = new FaultyServiceRegistry(_memory, _faults);
        var registration = await registry.RegisterAsync(Instance, Cancelled);
        _faults.FailNext(2);
        await Assert.ThrowsAsync<ServiceRegistryException>(() => registration.SetReadyAsync(false, Cancelled).AsTask());
        await Assert.ThrowsAsync<ServiceRegistryException>(() => registration.SetReadyAsync(false, Cancelled).AsTask());
        await registration.SetReadyAsync(false, Cancelled);
    }

    [Fact]
    public async Task Watch_GoesDown_SaysUnavailableAndEnds()
    {
        await _memory.RegisterAsync(Instance, Cancelled);
        var source = new FaultyEndpointSource(_memory, _faults);
        await using var updates = source.WatchAsync("catalog", Cancelled).GetAsyncEnumerator(Cancelled);
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal("a", Assert.Single(updates.Current.Instances).Id);
        var next = updates.MoveNextAsync().AsTask();
        _faults.GoDown("on fire");
        Assert.True(await next);
        Assert.Equal((EndpointUpdateKind.Unavailable, "on fire"), (updates.Current.Kind, updates.Current.Reason));
        Assert.False(await updates.MoveNextAsync());
    }

    [Fact]
    public async Task Watch_Cancelled_Throws()
    {
        using var cancel = new CancellationTokenSource();
        var source = new FaultyEndpointSource(_memory, _faults);
        await using var updates = source.WatchAsync("catalog", cancel.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await updates.MoveNextAsync());
        var next = updates.MoveNextAsync().AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }
}
