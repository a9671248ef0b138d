using CloudNative.Discovery;

namespace CloudNative.Testing.Conformance;

public abstract partial class ServiceRegistryConformance
{
    /// <summary>Who deregisters is gone, the others stay.</summary>
    [Fact]
    public async Task Deregister_OneOfTwo_OtherStays()
    {
        var watch = Watch("catalog");
        var leaving = await RegisterAsync("catalog", "a");
        await RegisterAsync("catalog", "b");
        await watch.WaitForIdsAsync("a", "b");
        await leaving.DisposeAsync();
        await watch.WaitForIdsAsync("b");
    }

    /// <summary>When the last one deregisters, nobody is left to call.</summary>
    [Fact]
    public async Task Deregister_Last_LeavesNobody()
    {
        var watch = Watch("catalog");
        var leaving = await RegisterAsync("catalog", "a");
        await watch.WaitForIdsAsync("a");
        await leaving.DisposeAsync();
        await watch.WaitForAsync(update => update.Kind != EndpointUpdateKind.Unavailable && update.Instances.Count == 0);
    }

    /// <summary>Deregistering twice is harmless, also to a successor with the same id.</summary>
    [Fact]
    public async Task Deregister_Twice_IsHarmless()
    {
        var first = await RegisterAsync("catalog", "a");
        await first.DisposeAsync();
        await RegisterAsync("catalog", "a");
        await first.DisposeAsync();
        await RegisterAsync("catalog", "b");
        await Watch("catalog").WaitForIdsAsync("a", "b");
    }

    /// <summary>Who comes back is found again.</summary>
    [Fact]
    public async Task Register_AfterDeregistration_IsFoundAgain()
    {
        var watch = Watch("catalog");
        var registration = await RegisterAsync("catalog", "a", port: 5001);
        await watch.WaitForIdsAsync("a");
        await registration.DisposeAsync();
        await RegisterAsync("catalog", "a", port: 5002);
        await watch.WaitForAsync(update => update.Instances.Count == 1 && update.Instances[0].Endpoints[0].Port == 5002);
    }

    /// <summary>An instance that is not ready is in nobody's answer.</summary>
    [Fact]
    public async Task SetReady_False_TakesInstanceOut()
    {
        var watch = Watch("catalog");
        var registration = await RegisterAsync("catalog", "a");
        await RegisterAsync("catalog", "b");
        await watch.WaitForIdsAsync("a", "b");
        await registration.SetReadyAsync(false, Cancelled);
        await watch.WaitForIdsAsync("b");
    }

    /// <summary>An instance that is ready again is back, with all it had said.</summary>
    [Fact]
    public async Task SetReady_TrueAgain_BringsInstanceBack()
    {
        var watch = Watch("catalog");
        var registration = await RegisterAsync("catalog", "a", port: 5001);
        await RegisterAsync("catalog", "b");
        await registration.SetReadyAsync(false, Cancelled);
        await watch.WaitForIdsAsync("b");
        await registration.SetReadyAsync(true, Cancelled);
        var update = await watch.WaitForIdsAsync("a", "b");
        Assert.Contains(update.Instances, instance => instance.Id == "a" && instance.Endpoints[0].Port == 5001);
    }

    /// <summary>A service whose instances are all not ready is known still, and has nobody to call.</summary>
    [Fact]
    public async Task SetReady_FalseForAll_AnswersWithNobody()
    {
        var watch = Watch("catalog");
        var registration = await RegisterAsync("catalog", "a");
        await watch.WaitForIdsAsync("a");
        await registration.SetReadyAsync(false, Cancelled);
        await watch.WaitForIdsAsync();
    }

    /// <summary>Saying again what is known changes nothing.</summary>
    [Fact]
    public async Task SetReady_TrueTwice_KeepsInstance()
    {
        var registration = await RegisterAsync("catalog", "a");
        await registration.SetReadyAsync(true, Cancelled);
        await registration.SetReadyAsync(true, Cancelled);
        await Watch("catalog").WaitForIdsAsync("a");
    }

    /// <summary>A registration says how long it may still be called.</summary>
    [Fact]
    public async Task PropagationDelay_OfRegistration_IsBounded()
    {
        var registration = await RegisterAsync("catalog", "a");
        Assert.InRange(registration.PropagationDelay, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }
}
