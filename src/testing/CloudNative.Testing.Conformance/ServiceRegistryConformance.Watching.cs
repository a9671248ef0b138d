using CloudNative.Discovery;

namespace CloudNative.Testing.Conformance;

public abstract partial class ServiceRegistryConformance
{
    /// <summary>A service that nobody ever registered is said to be unknown, so that the caller may try DNS.</summary>
    [Fact]
    public async Task Watch_UnknownService_AnswersNotFound()
    {
        var update = await Watch("nobody").WaitForAsync(_ => true);
        Assert.Equal(EndpointUpdateKind.NotFound, update.Kind);
        Assert.Empty(update.Instances);
    }

    /// <summary>Cancelling ends a watch that is waiting.</summary>
    [Fact]
    public async Task Watch_Cancelled_Throws()
    {
        using var cancel = new CancellationTokenSource();
        await using var updates = Subject.Source.WatchAsync("catalog", cancel.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await updates.MoveNextAsync());
        var waiting = updates.MoveNextAsync().AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, TimeProvider.System, Cancelled));
    }

    /// <summary>A watch says nothing while its service does not change, whatever happens to others.</summary>
    [Fact]
    public async Task Watch_OtherServiceChanges_SaysNothing()
    {
        await RegisterAsync("catalog", "a");
        var watch = Watch("catalog");
        var other = Watch("ordering");
        await watch.WaitForIdsAsync("a");
        for (var round = 0; round < 10; round++)
        {
            var registration = await RegisterAsync("ordering", $"x{round}");
            await other.WaitForIdsAsync($"x{round}");
            await registration.DisposeAsync();
            await Watch("catalog").WaitForIdsAsync("a"); // Gives the first watch time to say what it should not.
        }

        await RegisterAsync("catalog", "b");
        await watch.WaitForIdsAsync("a", "b");
        Assert.Equal([1, 2], watch.Updates.Select(update => update.Instances.Count));
    }

    /// <summary>Two watches of one service both see what happens.</summary>
    [Fact]
    public async Task Watch_TwoOfOneService_BothSee()
    {
        var one = Watch("catalog");
        var two = Watch("catalog");
        await RegisterAsync("catalog", "a");
        await one.WaitForIdsAsync("a");
        await two.WaitForIdsAsync("a");
    }

    /// <summary>After any sequence of changes the watch comes to what a plain model of them says.</summary>
    [Fact]
    public async Task Watch_RandomChanges_ComesToTheModel()
    {
        var seed = Environment.ProcessId ^ GetHashCode();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var watch = Watch("catalog");
        var model = new Dictionary<string, (IServiceRegistration Registration, bool Ready)>();
        for (var step = 0; step < 60; step++)
        {
            await ChangeAsync(model, $"i{random.Next(5)}", random.Next(4));
        }

        await RegisterAsync("catalog", "last");
        await watch.WaitForIdsAsync([.. model.Where(pair => pair.Value.Ready).Select(pair => pair.Key), "last"]);
    }

    private async Task ChangeAsync(
        Dictionary<string, (IServiceRegistration Registration, bool Ready)> model, string id, int change)
    {
        if (change == 0 || !model.TryGetValue(id, out var entry))
        {
            model[id] = (await RegisterAsync("catalog", id), true);
        }
        else if (change == 1)
        {
            await entry.Registration.DisposeAsync();
            model.Remove(id);
        }
        else
        {
            await entry.Registration.SetReadyAsync(change == 2, Cancelled);
            model[id] = (entry.Registration, change == 2);
        }
    }
}
