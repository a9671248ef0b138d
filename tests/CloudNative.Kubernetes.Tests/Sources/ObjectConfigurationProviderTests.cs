using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CloudNative.Kubernetes.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Testing;

namespace CloudNative.Kubernetes.Tests.Sources;

public sealed class ObjectConfigurationProviderTests : IAsyncDisposable
{
    private const string Place = "shop";
    private const string Canary = "s3cr3t";

    private readonly KubernetesTestServer _server = new();
    private readonly FakeLogger _log = new();
    private readonly List<ConfigurationManager> _configurations = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _configurations.ForEach(configuration => configuration.Dispose());
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task ConfigMap_Changes_AreFollowed()
    {
        PutMap(("Logging__LogLevel__Default", "Debug"), ("appsettings.json", """{ "A": { "B": "1" } }"""));
        var configuration = await ConfigureAsync();
        configuration.AddKubernetesConfigMap(source =>
        {
            source.Name = "settings";
            source.JsonDocuments.Add("appsettings.json");
        });
        Assert.Equal(("Debug", "1"), (configuration["Logging:LogLevel:Default"], configuration["A:B"]));
        var changed = ChangedAsync(configuration);
        PutMap(("Logging__LogLevel__Default", "Error"));
        await changed;
        Assert.Equal(("Error", null), (configuration["Logging:LogLevel:Default"], configuration["A:B"]));
    }

    [Fact]
    public async Task Secret_History_IsForgottenMeanwhile_IsFollowed()
    {
        PutSecret(("password", Canary));
        var configuration = await ConfigureAsync();
        configuration.AddKubernetesSecret(source => (source.Name, source.Section) = ("db", "Database"));
        Assert.Equal(Canary, configuration["Database:password"]);
        await EventuallyAsync(() => _server.OpenWatches == 1);
        var changed = ChangedAsync(configuration);
        _server.Faults.LosesEvents = true;
        PutSecret(("password", "other"));
        _server.Compact();
        _server.Faults.LosesEvents = false;
        _server.CloseWatches();
        await changed;
        Assert.Equal("other", configuration["Database:password"]);
    }

    [Fact]
    public async Task Object_Deleted_WhatWasKnownStaysAndItIsSaidOnce()
    {
        PutSecret(("password", Canary));
        var configuration = await ConfigureAsync();
        configuration.AddKubernetesSecret("db");
        Report(configuration);
        Assert.True(_server.Remove("secrets", Place, "db"));
        await LoggedAsync("CN4415: There is no Secret db in namespace shop");
        Assert.Equal(Canary, configuration["password"]);
        var changed = ChangedAsync(configuration);
        PutSecret(("password", "other"));
        await changed;
        Assert.Equal("other", configuration["password"]);
        Assert.Single(_log.Collector.GetSnapshot(), line => line.Message.Contains("CN4415", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Collector.GetSnapshot(), line => line.Message.Contains(Canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Server_GoesAway_WhatWasKnownStays()
    {
        PutMap(("a", "1"));
        var configuration = await ConfigureAsync();
        configuration.AddKubernetesConfigMap("settings");
        Report(configuration);
        await EventuallyAsync(() => _server.OpenWatches == 1);
        _server.Faults.Answer = HttpStatusCode.ServiceUnavailable;
        _server.BreakWatches();
        await LoggedAsync("what was known stays");
        Assert.Equal("1", configuration["a"]);
    }

    [Fact]
    public async Task Load_NotThere_SaysWhatToDo()
    {
        var configuration = await ConfigureAsync();
        var failure = Assert.Throws<KubernetesConfigurationException>(() => configuration.AddKubernetesConfigMap("settings"));
        Assert.StartsWith("CN4415: There is no ConfigMap settings in namespace shop.", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("AddKubernetesConfigMap(\"settings\", optional: true)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_OptionalIsNotThere_IsReadWhenItIs()
    {
        var configuration = await ConfigureAsync();
        configuration.AddKubernetesConfigMap("settings", optional: true);
        var changed = ChangedAsync(configuration);
        PutMap(("a", "1"));
        await changed;
        Assert.Equal("1", configuration["a"]);
    }

    [Fact]
    public async Task Load_MayNotRead_NamesTheRuleAtOnce()
    {
        var token = _server.AddToken("system:serviceaccount:shop:orders");
        var configuration = await ConfigureAsync(token);
        var failure = Assert.Throws<KubernetesConfigurationException>(() => configuration.AddKubernetesSecret("db"));
        Assert.Single(_server.Requests);
        Assert.StartsWith("CN4403: Kubernetes refuses to list secrets db in shop", failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            """
            - apiGroups: [""]
              resources: ["secrets"]
              verbs: ["list", "watch"]
              resourceNames: ["db"]
            """,
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_RuleOfTheError_IsEnough()
    {
        PutSecret(("password", "1"));
        var token = _server.AddToken(
            "orders", new KubernetesPermission { Resource = "secrets", Verbs = ["list", "watch"], Namespace = Place, Names = ["db"] });
        var configuration = await ConfigureAsync(token);
        configuration.AddKubernetesSecret("db");
        var changed = ChangedAsync(configuration);
        PutSecret(("password", "2"));
        await changed;
        Assert.Equal("2", configuration["password"]);
    }

    [Fact]
    public async Task Load_ServerHangs_FailsWhenItsTimeIsOver()
    {
        PutMap(("a", "1"));
        var configuration = await ConfigureAsync();
        _server.Faults.Hangs = true;
        var failure = Assert.Throws<KubernetesConfigurationException>(() => configuration.AddKubernetesConfigMap(
            source => (source.Name, source.StartTimeout) = ("settings", TimeSpan.FromSeconds(0.3))));
        Assert.StartsWith("CN4402: Kubernetes at http", failure.Message, StringComparison.Ordinal);
        Assert.Contains("did not answer within 0.3 s", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The ConfigMap settings is needed to start", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_ServerIsBackInTime_Starts()
    {
        PutMap(("a", "1"));
        var configuration = await ConfigureAsync();
        _server.Faults.Answer = HttpStatusCode.ServiceUnavailable;
        var loading = Task.Run(() => configuration.AddKubernetesConfigMap(
            source => (source.Name, source.StartTimeout) = ("settings", TimeSpan.FromMinutes(1))), Cancel);
        await EventuallyAsync(() => _server.Requests.Count > 0);
        _server.Faults.Answer = null;
        await loading;
        Assert.Equal("1", configuration["a"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_NoClusterHere_IsNoReasonNotToStartWhenOptional(bool isOptional)
    {
        using var configuration = new ConfigurationManager();
        void Add() => configuration.AddKubernetesConfigMap("settings", isOptional);
        if (isOptional)
        {
            Add();
            Report(configuration);
            Assert.Contains("CN4409", _log.LatestRecord.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.StartsWith("CN4409", Assert.Throws<KubernetesConfigurationException>(Add).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Load_BrokenDocument_ShowsNothingOfIt(bool isOptional)
    {
        PutSecret(("appsettings.json", $"{{ \"Password\": {Canary} }}"));
        var configuration = await ConfigureAsync();
        var failure = Assert.Throws<KubernetesConfigurationException>(() => configuration.AddKubernetesSecret(source =>
        {
            (source.Name, source.Optional) = ("db", isOptional);
            source.JsonDocuments.Add("appsettings.json");
        }));
        Assert.StartsWith("CN4413: appsettings.json in Secret shop/db", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary)), failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_ToABrokenDocument_WhatWasKnownStays()
    {
        PutMap(("appsettings.json", """{ "A": 1 }"""));
        var configuration = await ConfigureAsync();
        configuration.AddKubernetesConfigMap(source =>
        {
            source.Name = "settings";
            source.JsonDocuments.Add("appsettings.json");
        });
        Report(configuration);
        PutMap(("appsettings.json", """{ "A": """));
        await LoggedAsync("CN4413: appsettings.json in ConfigMap shop/settings holds no JSON document");
        Assert.Equal("1", configuration["A"]);
    }

    [Fact]
    public async Task Listener_Fails_NextChangeIsTold()
    {
        PutMap(("a", "1"));
        var configuration = await ConfigureAsync();
        configuration.AddKubernetesConfigMap("settings");
        Report(configuration);
        using (((IConfiguration)configuration).GetReloadToken().RegisterChangeCallback(_ => throw new InvalidOperationException(), null))
        {
            PutMap(("a", "2"));
            await LoggedAsync("Somebody who was told");
        }

        var changed = ChangedAsync(configuration);
        PutMap(("a", "3"));
        await changed;
        Assert.Equal("3", configuration["a"]);
    }

    private static async Task ChangedAsync(ConfigurationManager configuration)
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = ((IConfiguration)configuration).GetReloadToken()
            .RegisterChangeCallback(_ => changed.TrySetResult(), null);
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }

    private void Report(ConfigurationManager configuration)
    {
        foreach (var provider in ((IConfigurationRoot)configuration).Providers.OfType<SettingsProvider>())
        {
            provider.Report(_log);
        }
    }

    private Task LoggedAsync(string text) => EventuallyAsync(
        () => _log.Collector.GetSnapshot().Any(line => line.Message.Contains(text, StringComparison.Ordinal)));

    private async Task<ConfigurationManager> ConfigureAsync(string? token = null)
    {
        var address = await _server.ListenAsync(Cancel);
        var configuration = new ConfigurationManager();
        _configurations.Add(configuration);
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{KubernetesOptions.SectionName}:Server"] = address.ToString(),
            [$"{KubernetesOptions.SectionName}:Namespace"] = Place,
            [$"{KubernetesOptions.SectionName}:Token"] = token,
        });
        return configuration;
    }

    private void PutMap(params (string Key, string Value)[] data) => Put("configmaps", "settings", data, static text => text);

    private void PutSecret(params (string Key, string Value)[] data) =>
        Put("secrets", "db", data, static text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));

    private void Put(string plural, string name, (string Key, string Value)[] data, Func<string, string> write)
    {
        var values = new JsonObject();
        foreach (var (key, value) in data)
        {
            values[key] = write(value);
        }

        _server.Put(plural, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = Place },
            ["data"] = values,
        });
    }
}
