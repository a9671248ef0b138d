using System.Text.Json.Nodes;
using CloudNative.Kubernetes.Tests.Support;

namespace CloudNative.Kubernetes.Tests.Conformance;

public abstract partial class ApiSuite
{
    [Fact]
    public async Task Watch_FromAList_TellsWhatFollowsInOrder()
    {
        using var api = await ConnectAsync();
        var label = Maps.Unique();
        var selection = new KubernetesSelection(Place, $"test={label}");
        var page = await api.ListAsync(KubernetesKinds.ConfigMaps, selection, null, null, Cancel);
        var map = await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of($"{label}-a", label: label), Cancel);
        map = await api.ReplaceAsync(KubernetesKinds.ConfigMaps, map with { Data = Data("2") }, Cancel);
        // What no longer matches is deleted for whoever selects, and added again when it does.
        var other = new Dictionary<string, string> { ["test"] = "other" };
        await api.ReplaceAsync(KubernetesKinds.ConfigMaps, map with { Metadata = map.Metadata with { Labels = other } }, Cancel);
        var back = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["test"] = label } } };
        await api.MergeAsync(KubernetesKinds.ConfigMaps, Place, $"{label}-a", back, Cancel);
        await api.DeleteAsync(KubernetesKinds.ConfigMaps, Place, $"{label}-a", Cancel);

        var told = await ReadAsync(api, KubernetesKinds.ConfigMaps, selection, page.ResourceVersion, 5);
        Assert.Equal(
            [
                KubernetesEventType.Added, KubernetesEventType.Modified, KubernetesEventType.Deleted,
                KubernetesEventType.Added, KubernetesEventType.Deleted,
            ],
            told.Select(found => found.Type));
        Assert.Equal("2", told[4].Item.Value());
        Assert.Equal(5, told.Select(found => found.Item.Metadata.ResourceVersion).Distinct().Count());
    }

    [Fact]
    public async Task Watch_OfOneName_TellsOfNoOther()
    {
        using var api = await ConnectAsync();
        var (mine, other) = (Maps.Unique(), Maps.Unique());
        var selection = KubernetesSelection.OfName(Place, mine);
        var page = await api.ListAsync(KubernetesKinds.ConfigMaps, selection, null, null, Cancel);
        await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of(other), Cancel);
        await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of(mine), Cancel);
        var told = await ReadAsync(api, KubernetesKinds.ConfigMaps, selection, page.ResourceVersion, 1);
        Assert.Equal(mine, told[0].Item.Metadata.Name);
    }

    [Fact]
    public async Task Watch_OfForgottenState_IsExpired()
    {
        using var api = await ConnectAsync();
        var map = await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of(Maps.Unique()), Cancel);
        await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of(Maps.Unique()), Cancel);
        await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of(Maps.Unique()), Cancel);
        await CompactAsync();
        await Assert.ThrowsAsync<KubernetesExpiredException>(() => ReadAsync(
            api, KubernetesKinds.ConfigMaps, new KubernetesSelection(Place), map.Metadata.ResourceVersion!, 1));
    }

    [Fact]
    public async Task Watch_ItsTimeIsUp_EndsWithoutAnError()
    {
        using var api = await ConnectAsync();
        var name = Maps.Unique();
        var selection = KubernetesSelection.OfName(Place, name);
        var page = await api.ListAsync(KubernetesKinds.Leases, selection, null, null, Cancel);
        var told = new List<KubernetesEvent<KubernetesLease>>();
        await foreach (var found in api.WatchAsync(
            KubernetesKinds.Leases, selection, page.ResourceVersion, TimeSpan.FromSeconds(2), Cancel))
        {
            told.Add(found);
        }

        // Servers may send bookmarks, and need not:
        // https://kubernetes.io/docs/reference/using-api/api-concepts/#watch-bookmarks
        Assert.All(told, found => Assert.Equal(KubernetesEventType.Bookmark, found.Type));
    }

    [Fact]
    public async Task Informer_ThroughACompaction_FollowsEverything()
    {
        using var api = await ConnectAsync();
        await using var informers = new KubernetesInformers(api);
        var label = Maps.Unique();
        await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of($"{label}-a", label: label), Cancel);
        using var informer = informers.Join(KubernetesKinds.ConfigMaps, new KubernetesSelection(Place, $"test={label}"));
        await informer.WaitForSyncAsync(Cancel);
        await using var updates = informer.ReadUpdatesAsync(Cancel).GetAsyncEnumerator(Cancel);
        await NextAsync(updates, update => update.Snapshot.Find(Place, $"{label}-a").Value() == "1");

        await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of($"{label}-b", label: label), Cancel);
        await NextAsync(updates, update => update.Snapshot.Find(Place, $"{label}-b").Value() == "1");
        await CompactAsync();
        await api.MergeAsync(
            KubernetesKinds.ConfigMaps, Place, $"{label}-a", new JsonObject { ["data"] = new JsonObject { ["key"] = "2" } }, Cancel);
        await NextAsync(updates, update => update.Snapshot.Find(Place, $"{label}-a").Value() == "2");
        await api.DeleteAsync(KubernetesKinds.ConfigMaps, Place, $"{label}-b", Cancel);
        var last = await NextAsync(updates, update => update.Snapshot.Objects.Count == 1);
        Assert.Contains(last.Changes, change => change.Name.Name == $"{label}-b" && change.After is null);
        Assert.Equal((true, null, null), (last.Status.IsSynced, last.Status.StaleSince, last.Status.Failure));
    }

    protected static async Task<KubernetesUpdate<T>> NextAsync<T>(
        IAsyncEnumerator<KubernetesUpdate<T>> updates, Predicate<KubernetesUpdate<T>> isIt)
        where T : KubernetesObject
    {
        while (await updates.MoveNextAsync())
        {
            if (isIt(updates.Current))
            {
                return updates.Current;
            }
        }

        throw new InvalidOperationException("The updates have ended.");
    }

    private static async Task<List<KubernetesEvent<T>>> ReadAsync<T>(
        KubernetesApi api, KubernetesKind<T> kind, KubernetesSelection selection, string version, int count)
        where T : KubernetesObject
    {
        var told = new List<KubernetesEvent<T>>();
        await foreach (var found in api.WatchAsync(kind, selection, version, TimeSpan.FromSeconds(60), Cancel))
        {
            if (found.Type != KubernetesEventType.Bookmark)
            {
                told.Add(found);
            }

            if (told.Count == count)
            {
                break;
            }
        }

        return told;
    }
}
