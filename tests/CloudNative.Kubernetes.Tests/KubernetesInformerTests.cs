using CloudNative.Kubernetes.Tests.Support;

namespace CloudNative.Kubernetes.Tests;

/// <summary>What readers are told while all is well.</summary>
public sealed class KubernetesInformerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadUpdates_First_TellsOfEverything()
    {
        await using var bench = new InformerBench();
        bench.Put("a", "1");
        bench.Put("b", "1");
        using var informer = bench.Join();
        await using var updates = informer.ReadUpdatesAsync(Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await updates.MoveNextAsync());
        var first = updates.Current;
        Assert.Equal(["a", "b"], first.Changes.Select(change => change.Name.Name).Order());
        Assert.All(first.Changes, change => Assert.Null(change.Before));
        Assert.Equal((2, true), (first.Snapshot.Objects.Count, first.Status.IsSynced));
    }

    [Fact]
    public async Task ReadUpdates_NothingThere_TellsSo()
    {
        await using var bench = new InformerBench();
        using var informer = bench.Join();
        await using var updates = informer.ReadUpdatesAsync(Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await updates.MoveNextAsync());
        Assert.Empty(updates.Current.Changes);
        Assert.True(updates.Current.Status.IsSynced);
    }

    [Fact]
    public async Task ReadUpdates_SlowReader_GetsTheLastStateOfEach()
    {
        await using var bench = new InformerBench();
        bench.Put("kept", "1");
        bench.Put("changed", "1");
        bench.Put("gone", "1");
        using var informer = await bench.FollowAsync();
        await using var updates = informer.ReadUpdatesAsync(Cancel).GetAsyncEnumerator(Cancel);
        await updates.MoveNextAsync();
        var first = updates.Current.Snapshot;
        bench.Put("changed", "2");
        bench.Put("changed", "3");
        bench.Remove("gone");
        bench.Put("brief", "1");
        bench.Remove("brief");
        await bench.SoonAsync(() => informer.Snapshot.ResourceVersion == bench.Server.ResourceVersion);

        await updates.MoveNextAsync();
        var changes = updates.Current.Changes.ToDictionary(change => change.Name.Name);
        Assert.Equal(["changed", "gone"], changes.Keys.Order());
        Assert.Equal(("1", "3"), (changes["changed"].Before.Value(), changes["changed"].After.Value()));
        Assert.Equal(("1", null), (changes["gone"].Before.Value(), changes["gone"].After));
        Assert.Same(first.Find(InformerBench.Place, "kept"), updates.Current.Snapshot.Find(InformerBench.Place, "kept"));
    }

    [Fact]
    public async Task Join_ManyTimes_SharesOneWatch()
    {
        await using var bench = new InformerBench();
        bench.Put("a", "1");
        using var first = await bench.FollowAsync();
        var others = Enumerable.Range(0, 50).Select(_ => bench.Join(new KubernetesSelection(InformerBench.Place))).ToList();
        Assert.All(others, other => Assert.Same(first.Snapshot, other.Snapshot));
        Assert.Equal((1, 1, 1), (bench.Count("list"), bench.Count("watch"), bench.Server.OpenWatches));

        others.ForEach(other => other.Dispose());
        others.ForEach(other => other.Dispose());
        Assert.Equal((1, 1), (bench.Informers.Count, bench.Server.OpenWatches));
        first.Dispose();
        Assert.Equal(0, bench.Informers.Count);
        await bench.SoonAsync(() => bench.Server.OpenWatches == 0);
    }

    [Fact]
    public async Task Join_OtherSelection_WatchesForItself()
    {
        await using var bench = new InformerBench();
        bench.Put("a", "1");
        bench.Put("b", "1");
        using var all = await bench.FollowAsync();
        using var one = bench.Join(KubernetesSelection.OfName(InformerBench.Place, "b"));
        var snapshot = await one.WaitForSyncAsync(Cancel);
        Assert.Equal("b", Assert.Single(snapshot.Objects).Key.Name);
        Assert.Equal(2, all.Snapshot.Objects.Count);
    }

    [Fact]
    public async Task Dispose_EndsItsReaders_AndNobodyElses()
    {
        await using var bench = new InformerBench();
        using var stays = await bench.FollowAsync();
        var leaves = bench.Join();
        await using var ending = leaves.ReadUpdatesAsync(Cancel).GetAsyncEnumerator(Cancel);
        await using var going = stays.ReadUpdatesAsync(Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await ending.MoveNextAsync() && await going.MoveNextAsync());
        leaves.Dispose();
        Assert.False(await ending.MoveNextAsync());
        bench.Put("a", "1");
        Assert.True(await going.MoveNextAsync());
        Assert.Single(going.Current.Snapshot.Objects);
    }

    [Fact]
    public async Task Informers_Disposed_EndAllReadersAndWatches()
    {
        await using var bench = new InformerBench();
        using var informer = await bench.FollowAsync();
        await using var updates = informer.ReadUpdatesAsync(Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await updates.MoveNextAsync());
        await bench.Informers.DisposeAsync();
        Assert.False(await updates.MoveNextAsync());
        await bench.SoonAsync(() => bench.Server.OpenWatches == 0);
        Assert.Throws<ObjectDisposedException>(() => bench.Join());
    }

    [Fact]
    public async Task List_ManyObjects_ComesInPages()
    {
        await using var bench = new InformerBench(options => options.Watch.PageSize = 100);
        foreach (var number in Enumerable.Range(0, 250))
        {
            bench.Put($"map-{number:000}", "1");
        }

        using var informer = await bench.FollowAsync();
        Assert.Equal((250, 3), (informer.Snapshot.Objects.Count, bench.Count("list")));
    }
}
