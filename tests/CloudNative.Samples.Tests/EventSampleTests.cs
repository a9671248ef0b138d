using CloudNative.Consumers;
using CloudNative.Testing;

namespace CloudNative.Samples.Tests;

/// <summary>Each sample does what its README says, as a user starts it.</summary>
public sealed class EventSampleTests
{
    private const int MostLines = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task EventWorker_Started_HandlesWhatItPublishes() =>
        RunAsync("EventWorker", "order 1 published", "receipt for order 1: 42.50");

    [Fact]
    public Task Outbox_Started_PublishesWhatIsCommittedAndShipsItOnce() =>
        RunAsync("Outbox", "order 1 taken back, and its event with it", "order 2 placed", "order 2 shipped");

    [Fact]
    public Task DeadLetters_Started_GivesUpShowsAndReplays() => RunAsync(
        "DeadLetters",
        "payments.due.v1 given up after 2 attempts: System.InvalidOperationException: the bank is closed",
        "1 replayed",
        "payment 7 made");

    [Theory]
    [InlineData("EventWorker")]
    [InlineData("Outbox")]
    [InlineData("DeadLetters")]
    public void Program_OfASample_IsReadInAMinute(string sample) =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Folder(sample), "Program.cs")).Length, 1, MostLines);

    private static async Task RunAsync(string sample, params string[] lines)
    {
        using var data = new TemporaryDirectory();
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var dll = Path.Combine(own.Parent!.Parent!.FullName, sample, own.Name, sample + ".dll");
        await using var process = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            Arguments = ["exec", dll],
            // Cheap to run, slow to start where the machine is busy.
            Timeout = TimeSpan.FromMinutes(3),
            WorkingDirectory = data.Path,
            Environment = new Dictionary<string, string?>
            {
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["CloudNative__Embedded__DataDirectory"] = data.Path,
                ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1",
            },
        });
        var missing = new HashSet<string>(lines);
        await process.WaitForLineAsync(line => missing.Remove(line) && missing.Count == 0, Token);
        await Signals.TerminateAsync(process.Id);
        Assert.Equal(0, await process.WaitForExitAsync(Token));
    }

    private static string Folder(string sample)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CloudNative.Sdk.sln")))
            {
                return Path.Combine(folder.FullName, "samples", sample);
            }
        }

        throw new InvalidOperationException($"No CloudNative.Sdk.sln above {AppContext.BaseDirectory}.");
    }
}
