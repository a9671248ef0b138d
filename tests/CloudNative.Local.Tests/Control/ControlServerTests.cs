using System.Text.Json;
using CloudNative.Local.Tests.Support;

namespace CloudNative.Local.Tests.Control;

public sealed class ControlServerTests : IDisposable
{
    private readonly TestFiles _files = new();

    [Fact]
    public async Task Commands_OfAService_WatchKillStopAndStartIt()
    {
        _files.WriteApp("""
              panel: { project: PROJECT }
              catalog: { project: PROJECT, replicas: 2 }
            """);
        await using var app = await RunningApp.StartReadyAsync(_files);
        var path = (await app.EnvironmentAsync("panel"))["CLOUDNATIVE_CONTROL_SOCKET"];
        using var watching = await ControlClient.ConnectAsync(path);
        using var client = await ControlClient.ConnectAsync(path);

        var first = await watching.AskAsync("""{"command":"watch"}""");
        Assert.Equal("trial", first.GetProperty("app").GetString());
        Assert.Equal("running", first.GetProperty("phase").GetString());
        Assert.Equal(("ready", 1), Replica(first, 1));

        Assert.True(Ok(await client.AskAsync("""{"command":"kill","service":"catalog","replica":2}""")));
        await SeesAsync(watching, state => Replica(state, 2) == ("ready", 2));

        Assert.True(Ok(await client.AskAsync("""{"command":"stop","service":"catalog"}""")));
        await SeesAsync(watching, state => Replica(state, 1) == ("stopped", 1) && Replica(state, 2) == ("stopped", 2));
        Assert.False(Ok(await client.AskAsync("""{"command":"kill","service":"catalog","replica":1}""")));

        Assert.True(Ok(await client.AskAsync("""{"command":"start","service":"catalog"}""")));
        Assert.True(Ok(await client.AskAsync("""{"command":"restart","service":"panel"}""")));
        var last = await client.AskAsync("""{"command":"state"}""");
        Assert.Equal(("ready", 2), Replica(last, 1));
        Assert.Equal(app.Replica("catalog").ProcessId, Find(last, 1).GetProperty("processId").GetInt32());
    }

    [Theory]
    [InlineData("""{"command":"kill","service":"catalog"}""", "needs \"replica\"")]
    [InlineData("""{"command":"kill","service":"catalogue","replica":1}""", "'catalogue' has no replica")]
    [InlineData("""{"command":"stop"}""", "needs \"service\"")]
    [InlineData("""{"command":"format"}""", "'format' is no command")]
    [InlineData("{}", "is no command")]
    [InlineData("null", "A line is a JSON object")]
    [InlineData("[[[[", "A line is a JSON object")]
    [InlineData("""{"command":7}""", "A line is a JSON object")]
    [InlineData("", "A line is a JSON object")]
    public async Task Line_ThatMeansNothing_IsRefusedAndTheNextIsAnswered(string line, string expected)
    {
        _files.WriteApp("  catalog: { project: PROJECT, ports: {} }");
        await using var app = await RunningApp.StartReadyAsync(_files);
        using var client = await ControlClient.ConnectAsync(SocketOf(app));

        var refused = await client.AskAsync(line);

        Assert.False(Ok(refused));
        Assert.Contains(expected, refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.True(Ok(await client.AskAsync("""{"command":"state"}""")));
    }

    [Fact]
    public async Task Line_WithoutEnd_IsCutOffAndOthersAreServed()
    {
        _files.WriteApp("  catalog: { project: PROJECT, ports: {} }");
        await using var app = await RunningApp.StartReadyAsync(_files);
        using var hostile = await ControlClient.ConnectAsync(SocketOf(app));
        using var client = await ControlClient.ConnectAsync(SocketOf(app));

        await hostile.SendAsync(new string('x', 5000));

        Assert.False(Ok(await hostile.ReadAsync()));
        Assert.Equal(JsonValueKind.Undefined, (await hostile.ReadAsync()).ValueKind);
        Assert.True(Ok(await client.AskAsync("""{"command":"state"}""")));
    }

    [Fact]
    public async Task Socket_OfARun_IsItsOwnersAloneAndEndsWithIt()
    {
        _files.WriteApp("  catalog: { project: PROJECT, ports: {} }");
        await using var app = await RunningApp.StartReadyAsync(_files);
        var path = SocketOf(app);
        using var client = await ControlClient.ConnectAsync(path);

        // On Windows the rights are those of the user's own folder.
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        }

        await app.StopAsync();

        Assert.Equal(JsonValueKind.Undefined, (await client.ReadAsync()).ValueKind);
        await Assert.ThrowsAnyAsync<System.Net.Sockets.SocketException>(() => ControlClient.ConnectAsync(path));
    }

    [Fact]
    public async Task Socket_RunDirectoryTooDeepForOne_IsUnderAShortName()
    {
        _files.WriteApp("  catalog: { project: PROJECT }");
        var deep = Path.Combine(_files.Root, new string('d', 90));
        await using var app = await RunningApp.StartReadyAsync(_files, options => options.DataRoot = deep);
        var path = (await app.EnvironmentAsync("catalog"))["CLOUDNATIVE_CONTROL_SOCKET"];

        using var client = await ControlClient.ConnectAsync(path);

        Assert.StartsWith(Path.GetTempPath(), path, StringComparison.Ordinal);
        Assert.True(Ok(await client.AskAsync("""{"command":"state"}""")));
        await app.StopAsync();
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    public void Dispose() => _files.Dispose();

    private static string SocketOf(RunningApp app) => Path.Combine(app.App.RunDirectory, "control", "socket");

    private static bool Ok(JsonElement answer) => answer.GetProperty("ok").GetBoolean();

    private static JsonElement Find(JsonElement state, int number) => state.GetProperty("services").EnumerateArray()
        .Single(service => service.GetProperty("name").GetString() == "catalog").GetProperty("replicas")[number - 1];

    private static (string?, int) Replica(JsonElement state, int number) =>
        (Find(state, number).GetProperty("state").GetString(), Find(state, number).GetProperty("starts").GetInt32());

    private static async Task SeesAsync(ControlClient watching, Predicate<JsonElement> expected)
    {
        while (!expected(await watching.ReadAsync()))
        {
            // The test's own limit ends a wait for what never comes.
        }
    }
}
