using CloudNative.Kubernetes.Sources;
using CloudNative.Kubernetes.Tests.Support;
using CloudNative.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Kubernetes.Tests.Sources;

public sealed class FilesConfigurationProviderTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly KubeletVolume _volume = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeLogger _log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _volume.Dispose();

    [Fact]
    public void Load_Mount_IsReadThroughTheLink()
    {
        _volume.Write(("Logging__LogLevel__Default", "Debug\n"), ("database/password", "a b"), (".dockerconfigjson", "{}"));
        using var provider = Load();
        Assert.Equal(
            [".dockerconfigjson={}", "Logging:LogLevel:Default=Debug", "database:password=a b"], Show(provider));
    }

    [Fact]
    public void Load_JsonDocument_ValuesOutweighIt()
    {
        _volume.Write(("appsettings.json", """{ "A": { "B": 1, "C": [ "x", "y" ] } }"""), ("A__B", "2"));
        using var provider = Load(source =>
        {
            source.JsonDocuments.Add("appsettings.json");
            source.Section = "Shop";
        });
        Assert.Equal(["Shop:A:B=2", "Shop:A:C:0=x", "Shop:A:C:1=y"], Show(provider));
    }

    [Fact]
    public void Load_NoText_IsLeftOutAndNamed()
    {
        _volume.WriteBytes(("store.jks", [0xfe, 0xed, 0xfe, 0xed]), ("ok", "yes"u8.ToArray()));
        using var provider = Load();
        Assert.Equal(["ok=yes"], Show(provider));
        Assert.Contains("store.jks", _log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"Password\": s3cr3t }")]
    [InlineData("{ \"s3cr3t\": 1, \"S3cr3t\": 2 }")]
    [InlineData("s3cr3t")]
    [InlineData("{ \"s3cr3t\": \"\\ud800\" }")] // Half of a pair: it is JSON, and no text.
    public void Load_NoJsonDocument_NamesThePlaceAndShowsNothingOfIt(string text)
    {
        _volume.Write(("appsettings.json", text));
        var failure = Assert.Throws<KubernetesConfigurationException>(
            () => Load(source => source.JsonDocuments.Add("appsettings.json")));
        Assert.StartsWith($"CN4413: appsettings.json in {_volume.Path} holds no JSON document", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", failure.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("'s'", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoDirectory_SaysWhatToDo()
    {
        var failure = Assert.Throws<KubernetesConfigurationException>(
            () => new ConfigurationManager().AddKubernetesFiles(_volume.Path));
        Assert.StartsWith($"CN4411: The directory {_volume.Path} is not there. Mount", failure.Message, StringComparison.Ordinal);
        Assert.Contains("optional: true", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OptionalDirectory_IsReadWhenItIsThere()
    {
        using var provider = Load(source => source.Optional = true);
        Assert.Empty(Show(provider));
        _volume.Write(("a", "1"));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["a=1"], Show(provider));
        Assert.True(provider.IsNotified);
    }

    [Fact]
    public async Task Swap_OfTheLink_IsNoticedAtOnce()
    {
        _volume.Write(("a", "1"), ("b", "1"));
        using var provider = Load(time: TimeProvider.System, configure: source => source.PollInterval = TimeSpan.FromHours(1));
        Assert.True(provider.IsNotified);
        for (var value = 2; value < 5; value++)
        {
            var changed = ChangedAsync(provider);
            _volume.Write(("a", $"{value}"), ("c", $"{value}"));
            await changed;
            Assert.Equal([$"a={value}", $"c={value}"], Show(provider));
        }
    }

    [Fact]
    public void Swap_WithoutNotices_IsFoundByLooking()
    {
        _volume.Write(("a", "1"));
        using var provider = Load();
        _volume.Write(("a", "2"));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["a=2"], Show(provider));
    }

    [Fact]
    public async Task Swap_OverAndOver_NoStateIsSeenInHalves()
    {
        const int files = 20;
        var directory = new MountedDirectory(_volume.Path);
        _volume.Write([.. Enumerable.Range(0, files).Select(file => ($"f{file}", "0"))]);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(
            () =>
            {
                for (var value = 1; !stop.IsCancellationRequested; value++)
                {
                    _volume.Write([.. Enumerable.Range(0, files).Select(file => ($"f{file}", $"{value}"))]);
                    Thread.Sleep(2);
                }
            },
            Cancel);
        var states = new HashSet<string>();
        for (var turn = 0; turn < 1000 || states.Count < 20; turn++)
        {
            try
            {
                var (state, read) = directory.Read()!.Value;
                Assert.Equal(files, read.Count);
                Assert.Single(read.Values.Select(System.Text.Encoding.UTF8.GetString).Distinct());
                states.Add(state);
            }
            catch (IOException exception) when (exception.Message == "It changes all the time.")
            {
                // Kubelets do not; it is read a moment later.
            }
        }

        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task Directory_ThatIsNoMount_IsFollowedToo()
    {
        using var plain = new TemporaryDirectory();
        var file = Path.Combine(plain.Path, "A__B");
        await File.WriteAllTextAsync(file, "1", Cancel);
        await File.WriteAllTextAsync(Path.Combine(plain.Path, "..hidden"), "1", Cancel);
        using var provider = Load(time: TimeProvider.System, configure: source => source.Path = plain.Path);
        Assert.Equal(["A:B=1"], Show(provider));
        var changed = ChangedAsync(provider);
        await File.WriteAllTextAsync(file, "22", Cancel);
        await changed;
        Assert.Equal(["A:B=22"], Show(provider));
    }

    [Fact]
    public void Directory_GoneWhileTheServiceRuns_WhatWasKnownStays()
    {
        _volume.Write(("a", "1"));
        using var provider = Load();
        Directory.Delete(_volume.Path, recursive: true);
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(["a=1"], Show(provider));
        Assert.Single(_log.Collector.GetSnapshot(), line => line.Message.Contains("CN4411", StringComparison.Ordinal));
        _volume.Write(("a", "2"));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["a=2"], Show(provider));
        Assert.Contains(_log.Collector.GetSnapshot(), line => line.Message.Contains("is read again", StringComparison.Ordinal));
    }

    [Fact]
    public void Swap_ToWhatCannotBeRead_WhatWasKnownStays()
    {
        _volume.Write(("appsettings.json", "{ \"A\": 1 }"));
        using var provider = Load(source => source.JsonDocuments.Add("appsettings.json"));
        _volume.Write(("appsettings.json", "{ \"A\": "));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(["A=1"], Show(provider));
        Assert.Single(_log.Collector.GetSnapshot(), line => line.Message.Contains("CN4413", StringComparison.Ordinal));
    }

    [Fact]
    public void Swap_NobodyWantsReloads_ChangesNothing()
    {
        _volume.Write(("a", "1"));
        using var provider = Load(source => source.ReloadOnChange = false);
        Assert.False(provider.IsNotified);
        _volume.Write(("a", "2"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["a=1"], Show(provider));
    }

    [Fact]
    public async Task Reports_OnceThereIsALogger_SayWhatHappened()
    {
        _volume.WriteBytes(("store.jks", [0xfe, 0xed]));
        using var configuration = new ConfigurationManager();
        configuration.AddKubernetesFiles(_volume.Path);
        using var loggers = new LoggerFactory([new FakeLoggerProvider(_log.Collector)]);
        await new SettingsReports(configuration, loggers).StartAsync(Cancel);
        Assert.Contains("store.jks", _log.LatestRecord.Message, StringComparison.Ordinal);
        Assert.Equal("CloudNative.Kubernetes.KubernetesConfigurationSource", _log.LatestRecord.Category);
    }

    private static async Task ChangedAsync(FilesConfigurationProvider provider)
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = provider.GetReloadToken().RegisterChangeCallback(_ => changed.TrySetResult(), null);
        await changed.Task.WaitAsync(Patience, TimeProvider.System, Cancel);
    }

    private static IEnumerable<string> Show(FilesConfigurationProvider provider) => new ConfigurationRoot([new Unloaded(provider)])
        .AsEnumerable()
        .Where(pair => pair.Value is not null)
        .Select(pair => $"{pair.Key}={pair.Value}")
        .Order(StringComparer.Ordinal);

    private FilesConfigurationProvider Load(
        Action<KubernetesFilesConfigurationSource>? configure = null, TimeProvider? time = null)
    {
        var source = new KubernetesFilesConfigurationSource { Path = _volume.Path };
        configure?.Invoke(source);
        var provider = new FilesConfigurationProvider(source, isForRights: false, time ?? _clock);
        provider.Report(_log);
        provider.Load();
        return provider;
    }

    /// <summary>Shows a provider without loading it again.</summary>
    private sealed class Unloaded(IConfigurationProvider inner) : IConfigurationProvider
    {
        public bool TryGet(string key, out string? value) => inner.TryGet(key, out value);

        public void Set(string key, string? value) => inner.Set(key, value);

        public Microsoft.Extensions.Primitives.IChangeToken GetReloadToken() => inner.GetReloadToken();

        public void Load()
        {
        }

        public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
            inner.GetChildKeys(earlierKeys, parentPath);
    }
}
