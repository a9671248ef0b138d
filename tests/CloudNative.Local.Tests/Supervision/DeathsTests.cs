using CloudNative.Local.Output;
using CloudNative.Local.Supervision;
using CloudNative.Local.Tests.Support;

namespace CloudNative.Local.Tests.Supervision;

public sealed class DeathsTests : IDisposable
{
    private static readonly ReplicaName Name = new("bad", 1, IsOnly: true, 0);

    private readonly TestFiles _files = new();
    private readonly SynchronizedWriter _output = new();
    private readonly ReplicaLog _log;
    private readonly Deaths _deaths;

    public DeathsTests()
    {
        var console = AppConsole.Create(_output, isTerminal: false);
        _log = new ReplicaLog(Name, Path.Combine(_files.Root, "bad.log"), console, showAll: false);
        _deaths = new Deaths(Name, _log, console, new Backoff(new Random(1)));
    }

    [Fact]
    public void Add_LoopAfterItWasReady_IsToldOnceWithTheLastLines()
    {
        _log.Add("the reason", isError: false);

        for (var i = 0; i < 20; i++)
        {
            _deaths.Add(exitCode: 1, wasHealthy: false, wasEverReady: true);
        }

        var text = _output.ToString();
        Assert.Equal(Deaths.Loop - 1, text.Split("it starts again in").Length - 1);
        Assert.Equal(1, text.Split("CN8054").Length - 1);
        Assert.Contains("bad | the reason", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_DeathsAfterHealthyLives_AreNoLoop()
    {
        for (var i = 0; i < 20; i++)
        {
            _deaths.Add(exitCode: 137, wasHealthy: true, wasEverReady: true);
        }

        Assert.DoesNotContain("CN8054", _output.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _log.Dispose();
        _output.Dispose();
        _files.Dispose();
    }
}
