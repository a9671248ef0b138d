namespace Shop.Web.Faults;

/// <summary>A fault that can be chosen on the panel.</summary>
/// <param name="Name">In the form.</param>
/// <param name="Title">On the button.</param>
/// <param name="Words">What such a replica does.</param>
/// <param name="Fault">The fault.</param>
public sealed record FaultChoice(string Name, string Title, string Words, Fault Fault)
{
    /// <summary>All of them; the first is none.</summary>
    public static IReadOnlyList<FaultChoice> All { get; } =
    [
        new("none", "Well", "answers as it should", new(1, 0, false)),
        new("slow", "Slow", "takes 50 times as long", new(50, 0, false)),
        new("failing", "Failing", "fails half of its requests", new(1, 0.5, false)),
        new("silent", "Silent", "takes requests and answers none", new(1, 0, true)),
    ];

    /// <summary>In a word or two, also a fault that nobody chose here.</summary>
    public static string Describe(Fault fault) =>
        All.FirstOrDefault(choice => choice.Fault == fault)?.Title.ToLowerInvariant() ?? "broken by hand";
}
