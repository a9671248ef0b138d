using System.Globalization;

namespace Shop.Smoke;

/// <summary>What the smoke found.</summary>
internal sealed class SmokeReport(string runDirectory)
{
    private const int MostShown = 10;

    private readonly List<string> _problems = [];

    public RequestLog Requests { get; } = new();

    public int Wanted { get; set; }

    public int Confirmed { get; set; }

    public int StoredOnce { get; set; }

    /// <summary>How many orders were shipped once, as they should.</summary>
    public int ShippedOnce { get; set; }

    /// <summary>How many orders were shipped more than once.</summary>
    public int Doubled { get; set; }

    /// <summary>How many orders were neither shipped nor declined.</summary>
    public int Lost { get; set; }

    public int Declined { get; set; }

    /// <summary>How many payments and shipments came about in a second or later attempt.</summary>
    public int HandledAgain { get; set; }

    /// <summary>From an order's placing to its shipping, in milliseconds, sorted.</summary>
    public IReadOnlyList<double> ToShipped { get; set; } = [];

    /// <summary>The process that was killed while it handled events.</summary>
    public string Handler { get; set; } = "-";

    /// <summary>How many events it had in hand.</summary>
    public int InHand { get; set; }

    public TimeSpan HandlerBack { get; set; }

    /// <summary>From the kill until the gateway's table had let go of the replica.</summary>
    public TimeSpan Noticed { get; set; }

    /// <summary>From the kill until the replica took calls again.</summary>
    public TimeSpan CatalogBack { get; set; }

    public TimeSpan OrderingBack { get; set; }

    public TimeSpan Took { get; set; }

    /// <summary>Something is wrong; the text stands on lines of its own in the report.</summary>
    public void Problem(string text) => _problems.Add(text);

    /// <summary>Writes figures and problems.</summary>
    /// <returns>Whether all is well.</returns>
    public bool Write(TextWriter writer)
    {
        var problems = _problems.Concat(Requests.Failures.Select(failure => $"failed: {failure}")).ToList();
        writer.WriteLine();
        writer.WriteLine($"  orders     {Wanted} wanted, {Confirmed} confirmed, {StoredOnce} stored once");
        writer.WriteLine($"  shipped    {ShippedOnce} once, {Doubled} doubled, {Lost} lost; {Declined} declined by the card network");
        writer.WriteLine($"  to shipped p50 {Percentile.Of(ToShipped, 0.5):0} ms, p99 {Percentile.Of(ToShipped, 0.99):0} ms");
        writer.WriteLine($"  requests   {Requests.Count} sent, {Requests.Failures.Count} failed, none repeated by the client");
        writer.WriteLine($"  latency    p50 {Milliseconds(0.5)}, p99 {Milliseconds(0.99)}, max {Milliseconds(1)}");
        writer.WriteLine($"  killed     catalog-1; noticed after {Noticed.TotalMilliseconds:0} ms, back after {Seconds(CatalogBack)}");
        writer.WriteLine($"             {Handler} with {InHand} events in hand; back after {Seconds(HandlerBack)}");
        writer.WriteLine($"             {HandledAgain} events were handled again");
        writer.WriteLine($"  restarted  ordering; back after {Seconds(OrderingBack)}");
        var answers = Requests.Answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Key} {answer.Value}");
        writer.WriteLine($"  answers    {string.Join(", ", answers)}");
        writer.WriteLine($"  time       {Seconds(Took)}");
        writer.WriteLine();
        foreach (var problem in problems.Take(MostShown))
        {
            writer.WriteLine($"  ✗ {problem}");
        }

        var plural = problems.Count == 1 ? "" : "s";
        writer.WriteLine(problems.Count == 0
            ? "smoke: passed"
            : $"smoke: FAILED with {problems.Count} problem{plural}; logs in {Path.Combine(runDirectory, "logs")}");
        return problems.Count == 0;
    }

    private string Milliseconds(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{Percentile.Of(Requests.Milliseconds(), share):0.0} ms");

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s";
}
