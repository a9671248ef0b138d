using System.Net;
using System.Text.Json.Nodes;
using CloudNative.Kubernetes.Tests.Support;

namespace CloudNative.Kubernetes.Tests.Conformance;

/// <summary>
/// What the client expects of an API server. It runs on the stand-in and on a real one, so that the stand-in stays
/// honest.
/// </summary>
public abstract partial class ApiSuite
{
    private const string Place = "default";

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract string PowerlessToken { get; }

    /// <summary>Connects as somebody who may do everything, or by another token.</summary>
    protected abstract Task<KubernetesApi> ConnectAsync(string? token = null);

    protected abstract Task CompactAsync();

    [Fact]
    public async Task Create_Then_FindReadsIt()
    {
        using var api = await ConnectAsync();
        var name = Maps.Unique();
        var made = await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of(name, "a", label: name), Cancel);
        var found = await api.FindAsync(KubernetesKinds.ConfigMaps, Place, name, Cancel);
        Assert.NotNull(found);
        Assert.Equal((name, Place, "a"), (found.Metadata.Name, found.Metadata.Namespace, found.Value()));
        Assert.Equal(name, found.Metadata.FindLabel("test"));
        Assert.Equal((made.Metadata.Uid, made.Metadata.ResourceVersion), (found.Metadata.Uid, found.Metadata.ResourceVersion));
        Assert.NotNull(found.Metadata.Uid);
        Assert.NotNull(found.Metadata.CreationTimestamp);
        Assert.Null(await api.FindAsync(KubernetesKinds.ConfigMaps, Place, $"{name}-none", Cancel));
    }

    [Fact]
    public async Task Create_NameIsTaken_SaysSo()
    {
        using var api = await ConnectAsync();
        var map = Maps.Of(Maps.Unique());
        await api.CreateAsync(KubernetesKinds.ConfigMaps, map, Cancel);
        var conflict = await Assert.ThrowsAsync<KubernetesConflictException>(
            () => api.CreateAsync(KubernetesKinds.ConfigMaps, map, Cancel));
        Assert.True(conflict.AlreadyExists);
        Assert.Contains("CN4407", conflict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replace_ChangedMeanwhile_IsRefused()
    {
        using var api = await ConnectAsync();
        var first = await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of(Maps.Unique()), Cancel);
        var second = await api.ReplaceAsync(KubernetesKinds.ConfigMaps, first with { Data = Data("2") }, Cancel);
        Assert.NotEqual(first.Metadata.ResourceVersion, second.Metadata.ResourceVersion);
        var conflict = await Assert.ThrowsAsync<KubernetesConflictException>(
            () => api.ReplaceAsync(KubernetesKinds.ConfigMaps, first with { Data = Data("3") }, Cancel));
        Assert.False(conflict.AlreadyExists);
        Assert.Equal("2", (await api.FindAsync(KubernetesKinds.ConfigMaps, Place, first.Metadata.Name!, Cancel)).Value());
    }

    [Fact]
    public async Task Replace_SameAsBefore_SpendsNoVersion()
    {
        using var api = await ConnectAsync();
        var first = await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of(Maps.Unique()), Cancel);
        var second = await api.ReplaceAsync(KubernetesKinds.ConfigMaps, first, Cancel);
        Assert.Equal(first.Metadata.ResourceVersion, second.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task Replace_LeaseWithoutVersion_IsRefused()
    {
        using var api = await ConnectAsync();
        var lease = Lease(Maps.Unique());
        await api.CreateAsync(KubernetesKinds.Leases, lease, Cancel);
        var refused = await Assert.ThrowsAsync<KubernetesException>(() => api.ReplaceAsync(KubernetesKinds.Leases, lease, Cancel));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Invalid"), (refused.StatusCode, refused.Reason));
    }

    [Fact]
    public async Task Lease_Renewed_KeepsMicroseconds()
    {
        using var api = await ConnectAsync();
        var at = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(1234560);
        var lease = await api.CreateAsync(KubernetesKinds.Leases, Lease(Maps.Unique()), Cancel);
        await api.ReplaceAsync(KubernetesKinds.Leases, lease with { Spec = lease.Spec! with { RenewTime = at } }, Cancel);
        var found = await api.FindAsync(KubernetesKinds.Leases, Place, lease.Metadata.Name!, Cancel);
        Assert.Equal(at, found!.Spec!.RenewTime);
        Assert.Equal(("me", 15, 1), (found.Spec.HolderIdentity, found.Spec.LeaseDurationSeconds, found.Spec.LeaseTransitions));
    }

    [Fact]
    public async Task Secret_Written_KeepsBytes()
    {
        using var api = await ConnectAsync();
        byte[] bytes = [0, 1, 254, 255];
        var secret = await api.CreateAsync(
            KubernetesKinds.Secrets,
            new KubernetesSecret { Metadata = Maps.Of(Maps.Unique()).Metadata, Data = new Dictionary<string, byte[]> { ["key"] = bytes } },
            Cancel);
        Assert.Equal(bytes, secret.Data!["key"]);
        Assert.DoesNotContain(Convert.ToBase64String(bytes), secret.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merge_NamedFields_LeavesTheOthers()
    {
        using var api = await ConnectAsync();
        var map = await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of(Maps.Unique(), label: "kept"), Cancel);
        var merged = await api.MergeAsync(
            KubernetesKinds.ConfigMaps,
            Place,
            map.Metadata.Name!,
            new JsonObject { ["data"] = new JsonObject { ["key"] = null, ["other"] = "2" } },
            Cancel);
        Assert.Equal([KeyValuePair.Create("other", "2")], merged.Data!);
        Assert.Equal("kept", merged.Metadata.FindLabel("test"));
    }

    [Fact]
    public async Task Merge_OlderVersion_IsRefused()
    {
        using var api = await ConnectAsync();
        var map = await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of(Maps.Unique()), Cancel);
        await api.ReplaceAsync(KubernetesKinds.ConfigMaps, map with { Data = Data("2") }, Cancel);
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = map.Metadata.ResourceVersion },
            ["data"] = new JsonObject { ["key"] = "3" },
        };
        await Assert.ThrowsAsync<KubernetesConflictException>(
            () => api.MergeAsync(KubernetesKinds.ConfigMaps, Place, map.Metadata.Name!, patch, Cancel));
    }

    [Fact]
    public async Task Merge_NothingThere_SaysNotFound()
    {
        using var api = await ConnectAsync();
        var missing = await Assert.ThrowsAsync<KubernetesException>(
            () => api.MergeAsync(KubernetesKinds.ConfigMaps, Place, Maps.Unique(), [], Cancel));
        Assert.Equal((HttpStatusCode.NotFound, "NotFound"), (missing.StatusCode, missing.Reason));
    }

    [Fact]
    public async Task Apply_ByTwo_FieldsHaveOneOwner()
    {
        using var api = await ConnectAsync();
        var name = Maps.Unique();
        var mine = Maps.Of(name) with { Data = new Dictionary<string, string> { ["a"] = "1", ["b"] = "1" } };
        await api.ApplyAsync(KubernetesKinds.ConfigMaps, mine, "one", isForced: false, Cancel);
        var theirs = Maps.Of(name) with { Data = new Dictionary<string, string> { ["b"] = "2", ["c"] = "2" } };
        var conflict = await Assert.ThrowsAsync<KubernetesConflictException>(
            () => api.ApplyAsync(KubernetesKinds.ConfigMaps, theirs, "two", isForced: false, Cancel));
        Assert.Contains(".data.b", conflict.Message, StringComparison.Ordinal);

        var forced = await api.ApplyAsync(KubernetesKinds.ConfigMaps, theirs, "two", isForced: true, Cancel);
        Assert.Equal("a=1 b=2 c=2", Show(forced));

        // What an owner gives no longer goes; what has another owner by now stays.
        var less = await api.ApplyAsync(KubernetesKinds.ConfigMaps, Maps.Of(name) with { Data = null }, "one", isForced: false, Cancel);
        Assert.Equal("b=2 c=2", Show(less));
    }

    [Fact]
    public async Task Delete_Twice_IsTrueThenFalse()
    {
        using var api = await ConnectAsync();
        var map = await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of(Maps.Unique()), Cancel);
        Assert.True(await api.DeleteAsync(KubernetesKinds.ConfigMaps, Place, map.Metadata.Name!, Cancel));
        Assert.False(await api.DeleteAsync(KubernetesKinds.ConfigMaps, Place, map.Metadata.Name!, Cancel));
    }

    [Fact]
    public async Task List_InPages_ShowsOneState()
    {
        using var api = await ConnectAsync();
        var label = Maps.Unique();
        foreach (var number in Enumerable.Range(0, 5))
        {
            await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of($"{label}-{number}", label: label), Cancel);
        }

        var selection = new KubernetesSelection(Place, $"test={label}");
        var first = await api.ListAsync(KubernetesKinds.ConfigMaps, selection, limit: 2, null, Cancel);
        await api.DeleteAsync(KubernetesKinds.ConfigMaps, Place, $"{label}-4", Cancel);
        await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of($"{label}-5", label: label), Cancel);
        var second = await api.ListAsync(KubernetesKinds.ConfigMaps, selection, limit: 2, first.Continue, Cancel);
        var third = await api.ListAsync(KubernetesKinds.ConfigMaps, selection, limit: 2, second.Continue, Cancel);
        Assert.Null(third.Continue);
        Assert.Equal((first.ResourceVersion, first.ResourceVersion), (second.ResourceVersion, third.ResourceVersion));
        Assert.Equal(
            Enumerable.Range(0, 5).Select(number => $"{label}-{number}"),
            first.Items.Concat(second.Items).Concat(third.Items).Select(item => item.Metadata.Name));
    }

    [Fact]
    public async Task List_PageOfForgottenState_IsExpired()
    {
        using var api = await ConnectAsync();
        var label = Maps.Unique();
        foreach (var number in Enumerable.Range(0, 3))
        {
            await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of($"{label}-{number}", label: label), Cancel);
        }

        var selection = new KubernetesSelection(Place, $"test={label}");
        var first = await api.ListAsync(KubernetesKinds.ConfigMaps, selection, limit: 1, null, Cancel);
        await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of(Maps.Unique()), Cancel);
        await CompactAsync();
        await Assert.ThrowsAsync<KubernetesExpiredException>(
            () => api.ListAsync(KubernetesKinds.ConfigMaps, selection, limit: 1, first.Continue, Cancel));
    }

    [Fact]
    public async Task List_UnknownKind_SaysWhatIsMissing()
    {
        using var api = await ConnectAsync();
        var kind = new KubernetesKind<KubernetesConfigMap>(
            "nothing.example.com", "v1", "nothings", "Nothing", KubernetesKinds.ConfigMaps.TypeInfo);
        var missing = await Assert.ThrowsAsync<KubernetesException>(
            () => api.ListAsync(kind, new KubernetesSelection(Place), null, null, Cancel));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("CN4410", missing.Message, StringComparison.Ordinal);
        Assert.Contains("nothings.nothing.example.com", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_UnknownToken_SaysSo()
    {
        using var api = await ConnectAsync("no-such-token");
        var refused = await Assert.ThrowsAsync<KubernetesException>(
            () => api.FindAsync(KubernetesKinds.ConfigMaps, Place, "x", Cancel));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("CN4404", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_NotAllowed_NamesTheMissingRule()
    {
        using var api = await ConnectAsync(PowerlessToken);
        var refused = await Assert.ThrowsAsync<KubernetesForbiddenException>(
            () => api.ListAsync(KubernetesKinds.Leases, new KubernetesSelection(Place), null, null, Cancel));
        Assert.Equal(
            ("list", "coordination.k8s.io", "leases", Place), (refused.Verb, refused.Group, refused.Resource, refused.Namespace));
        Assert.Equal(
            """
            - apiGroups: ["coordination.k8s.io"]
              resources: ["leases"]
              verbs: ["list", "watch"]
            """,
            refused.Rule);
        Assert.Contains("CN4403", refused.Message, StringComparison.Ordinal);
        Assert.Contains("the Role of this service account in namespace default", refused.Message, StringComparison.Ordinal);
        // The server's own words.
        Assert.Contains("cannot list resource \"leases\" in API group \"coordination.k8s.io\"", refused.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Data(string value) => new() { ["key"] = value };

    private static string Show(KubernetesConfigMap map) => string.Join(
        ' ', map.Data!.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private static KubernetesLease Lease(string name) => new()
    {
        Metadata = new KubernetesMetadata { Namespace = Place, Name = name },
        Spec = new KubernetesLeaseSpec
        {
            HolderIdentity = "me",
            LeaseDurationSeconds = 15,
            LeaseTransitions = 1,
            AcquireTime = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        },
    };
}
