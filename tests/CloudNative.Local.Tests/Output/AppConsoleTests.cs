using CloudNative.Local.Output;
using CloudNative.Local.Supervision;
using CloudNative.Local.Tests.Support;

namespace CloudNative.Local.Tests.Output;

public sealed class AppConsoleTests
{
    [Fact]
    public void WriteTable_Plain_IsReadableAt80Columns()
    {
        using var writer = new SynchronizedWriter();
        LocalReplica[] catalog =
        [
            Replica("catalog", 1, LocalReplicaState.Ready, 23429),
            Replica("catalog", 2, LocalReplicaState.BackingOff, 30572),
        ];

        AppConsole.Create(writer, isTerminal: false).WriteTable(
        [
            new LocalService("catalog", catalog),
            new LocalService("mailer", [Replica("mailer", 1, LocalReplicaState.Ready, null)]),
            new LocalService("gateway", [Replica("gateway", 1, LocalReplicaState.Ready, 8080)]),
        ]);

        Assert.Equal("""
            +----------------------------------------------------------+
            | service | replica | state       | address                |
            |---------+---------+-------------+------------------------|
            | catalog | 1       | ready       | http://127.0.0.1:23429 |
            | catalog | 2       | backing off | http://127.0.0.1:30572 |
            | mailer  | 1       | ready       | -                      |
            | gateway | 1       | ready       | http://127.0.0.1:8080  |
            +----------------------------------------------------------+

            """, writer.ToString(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void WriteTable_NameOfAllAllowedLength_StaysWithin80Columns()
    {
        using var writer = new SynchronizedWriter();
        var name = new string('a', 63);

        AppConsole.Create(writer, isTerminal: false).WriteTable(
            [new LocalService(name, [Replica(name, 1, LocalReplicaState.Starting, 23429)])]);

        Assert.All(writer.ToString().Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        Assert.Contains("http://127.0.0.1:23429", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WriteLog_Plain_AlignsPrefixesAndHasNoEscapes()
    {
        using var writer = new SynchronizedWriter();
        var console = AppConsole.Create(writer, isTerminal: false);
        console.AlignTo(["catalog-1", "gateway"]);

        console.WriteLog(new ReplicaName("gateway", 1, IsOnly: true, 1), "warn: late", OutputLevel.Warning);
        console.WriteChange(new ReplicaName("catalog", 1, IsOnly: false, 0), "was killed");
        console.WriteError("CN8051 broken");

        Assert.Equal("""
            gateway   | warn: late
            catalog-1 | was killed
            CN8051 broken

            """, writer.ToString(), ignoreLineEndingDifferences: true);
    }

    private static LocalReplica Replica(string service, int number, LocalReplicaState state, int? port) =>
        new(service, number, state, port is null ? null : new Uri($"http://127.0.0.1:{port}"), 1, 1, "");
}
