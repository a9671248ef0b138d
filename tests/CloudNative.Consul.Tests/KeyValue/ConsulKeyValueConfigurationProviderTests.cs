using System.Net;
using System.Text;
using CloudNative.Consul.KeyValue;
using CloudNative.Consul.Registry;
using CloudNative.Consul.Tests.Support;
using CloudNative.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Consul.Tests.KeyValue;

/// <summary>Answers that a server gives only by chance, and what depends on time.</summary>
public sealed class ConsulKeyValueConfigurationProviderTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.1);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger _logger = new();
    private readonly List<IDisposable> _made = [];

    public void Dispose() => _made.ForEach(made => made.Dispose());

    [Fact]
    public async Task Watch_IndexGrows_IsWaitedFromAndChangesAreTold()
    {
        var agent = new AgentStandIn(Keys(7, ("a", "1")), Keys(9, ("a", "2"), ("b/c", "3")));
        var (provider, reloads) = await LoadAsync(agent, new() { Prefix = "config/orders" }, new() { WaitTime = TimeSpan.FromSeconds(30) });
        await UntilAsync(() => agent.Asked.Count == 3);
        Assert.Equal(
            [
                "/v1/kv/config/orders/?recurse&stale",
                "/v1/kv/config/orders/?recurse&stale&index=7&wait=30000ms",
                "/v1/kv/config/orders/?recurse&stale&index=9&wait=30000ms",
            ],
            agent.Asked);
        Assert.Equal(("2", "3", 1), (Value(provider, "a"), Value(provider, "b:c"), reloads()));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public async Task Watch_IndexGoesBackwards_IsAskedAnewWithoutOne(ulong index)
    {
        var agent = new AgentStandIn(Keys(70, ("a", "1")), Keys(index, ("a", "2")));
        await LoadAsync(agent, new() { Prefix = "config/orders" });
        await UntilAsync(() => agent.Asked.Count == 3);
        Assert.DoesNotContain("index", agent.Asked[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_AnswerSaysNothingNew_IsNotTold()
    {
        var agent = new AgentStandIn(Keys(7, ("a", "1")), Keys(8, ("a", "1")), Keys(9, ("a", "1")));
        var (_, reloads) = await LoadAsync(agent, new() { Prefix = "config/orders" });
        await UntilAsync(() => agent.Asked.Count == 4);
        Assert.Equal(0, reloads());
    }

    [Fact]
    public async Task Watch_AgentAnswersAtOnceForEver_IsAskedTwiceASecond()
    {
        var agent = new AgentStandIn((_, _) => Task.FromResult(Keys(0, ("a", "1"))));
        await LoadAsync(agent, new() { Prefix = "config/orders" });
        await UntilAsync(() => agent.Asked.Count == QuestionBudget.Burst);
        await _time.AdvanceUntilAsync(() => agent.Asked.Count == QuestionBudget.Burst + 10, Step, TimeSpan.FromSeconds(5.2));
    }

    [Fact]
    public async Task Watch_AllKeysGoneAtOnce_IsDoubtedAndWhatWasKnownStays()
    {
        var agent = new AgentStandIn(Keys(7, ("a", "1")), Missing(8), Keys(9, ("b", "2")));
        var (provider, reloads) = await LoadAsync(agent, new() { Prefix = "config/orders" });
        await UntilAsync(() => _logger.Collector.Count == 1);
        Assert.Contains("CN4109: Consul has no key below config/orders", _logger.LatestRecord.Message, StringComparison.Ordinal);
        Assert.Contains("key:read \"config/orders\"", _logger.LatestRecord.Message, StringComparison.Ordinal);
        Assert.Equal(("1", 0), (Value(provider, "a"), reloads()));

        await _time.AdvanceUntilAsync(() => reloads() == 1, Step, TimeSpan.FromSeconds(6.1));
        Assert.Equal((null, "2"), (Value(provider, "a"), Value(provider, "b")));
    }

    [Fact]
    public async Task Watch_FolderIsLeft_AllKeysAreGone()
    {
        var agent = new AgentStandIn(Keys(7, ("a", "1")), AgentStandIn.Answer(8, """[{ "Key": "config/orders/", "Value": null }]"""));
        var (provider, reloads) = await LoadAsync(agent, new() { Prefix = "config/orders" });
        await UntilAsync(() => reloads() == 1);
        Assert.Null(Value(provider, "a"));
    }

    [Fact]
    public async Task Watch_ValueIsNoText_WhatWasKnownStays()
    {
        var bad = AgentStandIn.Answer(8, """[{ "Key": "config/orders/a", "Value": "/w==" }]""");
        var (provider, _) = await LoadAsync(new AgentStandIn(Keys(7, ("a", "1")), bad), new() { Prefix = "config/orders" });
        await UntilAsync(() => _logger.Collector.Count == 1);
        Assert.Contains(
            "CN4110: The key config/orders/a in Consul does not hold text", _logger.LatestRecord.Message, StringComparison.Ordinal);
        Assert.Equal("1", Value(provider, "a"));
    }

    [Fact]
    public async Task Watch_ListenerThrows_TheNextChangeIsToldToo()
    {
        var agent = new AgentStandIn(Keys(7, ("a", "1")), Keys(8, ("a", "2")), Keys(9, ("a", "3")));
        var (provider, _) = await LoadAsync(agent, new() { Prefix = "config/orders" }, failing: true);
        await UntilAsync(() => agent.Asked.Count == 4);
        Assert.Equal("3", Value(provider, "a"));
    }

    [Fact]
    public async Task Watch_NoAnswerWhileWaiting_EndsAfterTheWaitAndAnAllowance()
    {
        var agent = new AgentStandIn(Keys(7, ("a", "1")));
        var (provider, _) = await LoadAsync(agent, new() { Prefix = "config/orders" });
        await UntilAsync(() => agent.Asked.Count == 2);
        _time.Advance(TimeSpan.FromSeconds(64)); // The wait, and the sixteenth that the agent adds.
        Assert.Equal(0, _logger.Collector.Count);
        _time.Advance(TimeSpan.FromSeconds(10));
        await UntilAsync(() => _logger.Collector.Count == 1);
        Assert.Contains("CN4102", _logger.LatestRecord.Message, StringComparison.Ordinal);
        Assert.Equal("1", Value(provider, "a"));
    }

    [Fact]
    public async Task Watch_NotWanted_AsksOnce()
    {
        var agent = new AgentStandIn(Keys(7, ("a", "1")));
        await LoadAsync(agent, new() { Prefix = "config/orders", ReloadOnChange = false });
        Assert.Single(agent.Asked);
    }

    [Fact]
    public async Task Start_NobodyAnswers_IsTriedUntilItsTimeIsOver()
    {
        var agent = new AgentStandIn((_, _) => throw new HttpRequestException("Connection refused"));
        var loading = LoadAsync(agent, new() { Prefix = "config/orders", StartTimeout = TimeSpan.FromSeconds(3) });
        var passed = await _time.AdvanceUntilAsync(() => loading.IsCompleted, Step, TimeSpan.FromSeconds(4));
        var failure = await Assert.ThrowsAsync<ConsulKeyValueException>(() => loading);
        Assert.InRange(passed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3.1));
        Assert.StartsWith("CN4102", failure.Message, StringComparison.Ordinal);
        Assert.Contains("AddConsulKeyValue(\"config/orders\", optional: true)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AgentHangs_EndsWithItsTime()
    {
        var loading = LoadAsync(new AgentStandIn(), new() { Prefix = "config/orders", StartTimeout = TimeSpan.FromSeconds(3) });
        await _time.AdvanceUntilAsync(() => loading.IsCompleted, Step, TimeSpan.FromSeconds(3.5));
        await Assert.ThrowsAsync<ConsulKeyValueException>(() => loading);
    }

    [Fact]
    public async Task Start_OptionalAndAway_IsReadWhenConsulIsBack()
    {
        var isAway = true;
        var agent = new AgentStandIn((_, cancellationToken) => isAway
            ? throw new HttpRequestException("Connection refused")
            : Task.FromResult(Keys(7, ("a", "1"))));
        var (provider, reloads) = await LoadAsync(agent, new() { Prefix = "config/orders", Optional = true });
        Assert.Null(Value(provider, "a"));
        isAway = false;
        await _time.AdvanceUntilAsync(() => reloads() == 1, Step, TimeSpan.FromSeconds(6.1));
        Assert.Equal("1", Value(provider, "a"));
    }

    [Theory]
    [InlineData(false, "CN4109")]
    [InlineData(true, "CN4104")]
    public async Task Start_NothingThere_FailsAtOnceAndNamesThePolicy(bool isFiltered, string id)
    {
        var failure = await Assert.ThrowsAsync<ConsulKeyValueException>(
            () => LoadAsync(new AgentStandIn(Missing(7, isFiltered)), new() { Prefix = "config/orders" }));
        Assert.StartsWith(id, failure.Message, StringComparison.Ordinal);
        Assert.Contains("key:read \"config/orders\"", failure.Message, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Keys(ulong index, params (string Key, string Value)[] keys) => AgentStandIn.Answer(
        index, $"[{string.Join(',', keys.Select(pair => Entry(pair.Key, Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Value)))))}]");

    private static string Entry(string key, string value) => $$"""{ "Key": "config/orders/{{key}}", "Value": "{{value}}" }""";

    private static HttpResponseMessage Missing(ulong index, bool isFiltered = false)
    {
        var response = AgentStandIn.Answer(index, string.Empty, isFiltered);
        response.StatusCode = HttpStatusCode.NotFound;
        return response;
    }

    private static string? Value(IConfigurationProvider provider, string key) => provider.TryGet(key, out var value) ? value : null;

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<(IConfigurationProvider Provider, Func<int> Reloads)> LoadAsync(
        AgentStandIn agent, ConsulKeyValueConfigurationSource source, ConsulOptions? options = null, bool failing = false)
    {
        options ??= new ConsulOptions();
        var http = Client.Of(agent, options, _time);
        var provider = new ConsulKeyValueConfigurationProvider(source, source.Prefix, http, options, _time);
        _made.Add(provider);
        provider.Report(_logger);
        var reloads = 0;
        ChangeToken.OnChange(provider.GetReloadToken, () =>
        {
            Interlocked.Increment(ref reloads);
            if (failing)
            {
                throw new InvalidOperationException("It is not what is expected here.");
            }
        });
        await provider.LoadAsync();
        return (provider, () => Volatile.Read(ref reloads));
    }
}
