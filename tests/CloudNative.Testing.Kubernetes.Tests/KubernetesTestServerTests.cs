using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Testing.Kubernetes.Tests;

/// <summary>
/// What the suite that it shares with a real server cannot ask for: faults, time, and what others do.
/// </summary>
public sealed class KubernetesTestServerTests
{
    private const string Path = "http://test/api/v1/namespaces/shop/configmaps";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Faults_Refuses_NobodyIsThere()
    {
        await using var server = new KubernetesTestServer { Faults = { Refuses = true } };
        using var client = new HttpClient(server.CreateHandler());
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(Path, Cancel));
        Assert.Equal(HttpRequestError.ConnectionError, failure.HttpRequestError);
        Assert.Equal(0, Assert.Single(server.Requests).Status);

        using var distant = new HttpClient { BaseAddress = await server.ListenAsync(Cancel) };
        await Assert.ThrowsAsync<HttpRequestException>(() => distant.GetAsync("/api/v1/configmaps", Cancel));
        server.Faults.Refuses = false;
        using var response = await distant.GetAsync("/api/v1/configmaps", Cancel);
        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Faults_Hangs_NothingIsAnswered()
    {
        await using var server = new KubernetesTestServer { Faults = { Hangs = true } };
        using var client = new HttpClient(server.CreateHandler());
        using var impatient = new CancellationTokenSource();
        var call = client.GetAsync(Path, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Faults_Answer_IsGivenToAll()
    {
        await using var server = new KubernetesTestServer { Faults = { Answer = HttpStatusCode.ServiceUnavailable } };
        using var client = new HttpClient(server.CreateHandler());
        using var response = await client.GetAsync(Path, Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task Faults_Delay_IsOfTheServersClock()
    {
        var clock = new FakeTimeProvider();
        await using var server = new KubernetesTestServer(clock) { Faults = { Delay = TimeSpan.FromSeconds(5) } };
        using var client = new HttpClient(server.CreateHandler());
        var call = client.GetAsync(Path, Cancel);
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        using var response = await call;
        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Watch_WantsBookmarks_GetsThemByTheClockAndBeforeTheEnd()
    {
        var clock = new FakeTimeProvider();
        await using var server = new KubernetesTestServer(clock);
        using var reader = await WatchAsync(server, "&allowWatchBookmarks=true&timeoutSeconds=90");
        server.Put("secrets", Object("elsewhere"));
        clock.Advance(TimeSpan.FromSeconds(60));
        var bookmark = JsonNode.Parse((await reader.ReadLineAsync(Cancel))!)!;
        Assert.Equal("BOOKMARK", (string?)bookmark["type"]);
        Assert.Equal(server.ResourceVersion, (string?)bookmark["object"]!["metadata"]!["resourceVersion"]);
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Contains("BOOKMARK", await reader.ReadLineAsync(Cancel), StringComparison.Ordinal);
        Assert.Null(await reader.ReadLineAsync(Cancel));
        Assert.Equal(0, server.OpenWatches);
    }

    [Fact]
    public async Task Watch_Broken_FailsItsReader()
    {
        await using var server = new KubernetesTestServer();
        using var reader = await WatchAsync(server);
        server.BreakWatches();
        await Assert.ThrowsAsync<IOException>(() => reader.ReadLineAsync(Cancel).AsTask());
    }

    [Fact]
    public async Task Watch_Dropped_IsToldOfNothing()
    {
        await using var server = new KubernetesTestServer();
        using var dropped = await WatchAsync(server);
        server.DropWatches();
        using var kept = await WatchAsync(server);
        server.Put("configmaps", Object("a"));
        Assert.Contains("ADDED", await kept.ReadLineAsync(Cancel), StringComparison.Ordinal);
        var silence = dropped.ReadLineAsync(Cancel).AsTask();
        Assert.False(silence.IsCompleted);
    }

    [Fact]
    public async Task Watch_HungUp_IsForgotten()
    {
        await using var server = new KubernetesTestServer();
        var reader = await WatchAsync(server);
        Assert.Equal(1, server.OpenWatches);
        reader.Dispose();
        // What the reader holds is the body; the answer as a whole is disposed of by the client's caller.
        server.Put("configmaps", Object("a"));
        Assert.Equal(0, server.OpenWatches);
    }

    [Fact]
    public async Task Watch_OverLoopback_EndsAndBreaksThere()
    {
        await using var server = new KubernetesTestServer();
        using var client = new HttpClient { BaseAddress = await server.ListenAsync(Cancel) };
        using var ending = new StreamReader(await client.GetStreamAsync("/api/v1/configmaps?watch=1&resourceVersion=1", Cancel));
        server.Put("configmaps", Object("a"));
        Assert.Contains("ADDED", await ending.ReadLineAsync(Cancel), StringComparison.Ordinal);
        server.CloseWatches();
        Assert.Null(await ending.ReadLineAsync(Cancel));
        using var breaking = new StreamReader(await client.GetStreamAsync("/api/v1/configmaps?watch=1&resourceVersion=1", Cancel));
        Assert.Contains("ADDED", await breaking.ReadLineAsync(Cancel), StringComparison.Ordinal);
        server.BreakWatches();
        await Assert.ThrowsAnyAsync<IOException>(() => breaking.ReadLineAsync(Cancel).AsTask());
    }

    [Theory]
    [InlineData("app=orders", "a")]
    [InlineData("app!=orders", "b c")]
    [InlineData("app in (orders, catalog)", "a b")]
    [InlineData("app notin (orders),tier", "b")]
    [InlineData("!app", "c")]
    public async Task List_Selector_Chooses(string selector, string expected)
    {
        await using var server = new KubernetesTestServer();
        server.Put("configmaps", Object("a", ("app", "orders")));
        server.Put("configmaps", Object("b", ("app", "catalog"), ("tier", "1")));
        server.Put("configmaps", Object("c"));
        using var client = new HttpClient(server.CreateHandler());
        var list = JsonNode.Parse(await client.GetStringAsync($"{Path}?labelSelector={Uri.EscapeDataString(selector)}", Cancel))!;
        Assert.Equal(expected, string.Join(' ', list["items"]!.AsArray().Select(item => (string?)item!["metadata"]!["name"])));
    }

    [Fact]
    public async Task Permission_WithNames_AllowsToFollowThatOne()
    {
        await using var server = new KubernetesTestServer();
        var token = server.AddToken(
            "reader", new KubernetesPermission { Resource = "configmaps", Verbs = ["get", "list"], Namespace = "shop", Names = ["a"] });
        server.Put("configmaps", Object("a"));
        using var client = new HttpClient(server.CreateHandler());
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden],
            [
                await StatusAsync(client, $"{Path}/a"), await StatusAsync(client, $"{Path}?fieldSelector=metadata.name%3Da"),
                await StatusAsync(client, Path), await StatusAsync(client, $"{Path}/b"),
            ]);
        server.RemoveToken(token);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, $"{Path}/a"));
    }

    [Fact]
    public async Task RemoveKind_AsOnAnOldServer_IsNotFound()
    {
        await using var server = new KubernetesTestServer();
        using var client = new HttpClient(server.CreateHandler());
        const string slices = "http://test/apis/discovery.k8s.io/v1/endpointslices";
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, slices));
        server.RemoveKind("endpointslices");
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, slices));
        server.AddKind("example.com", "v1", "things", "Thing", isNamespaced: false);
        server.Put("things", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "one" } });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "http://test/apis/example.com/v1/things/one"));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(address, Cancel);
        return response.StatusCode;
    }

    private static async Task<StreamReader> WatchAsync(KubernetesTestServer server, string query = "")
    {
        var client = new HttpClient(server.CreateHandler());
        return new StreamReader(await client.GetStreamAsync($"{Path}?watch=1&resourceVersion={server.ResourceVersion}{query}", Cancel));
    }

    private static JsonObject Object(string name, params (string Key, string Value)[] labels) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = "shop",
            ["labels"] = new JsonObject(labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
        },
    };
}
