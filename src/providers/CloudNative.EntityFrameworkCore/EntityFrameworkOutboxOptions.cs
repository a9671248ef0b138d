namespace CloudNative.EntityFrameworkCore;

/// <summary>
/// How outbox and inbox look at the databases of the service's contexts. Section
/// <c>CloudNative:EntityFrameworkCore:Outbox</c>; read once, at first use.
/// </summary>
public sealed class EntityFrameworkOutboxOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:EntityFrameworkCore:Outbox";

    /// <summary>
    /// Longest time until events are found that another process committed and could not relay itself. What this process
    /// saves is seen at once. A look only reads. Default 500 ms; 50 ms to 1 min.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long the process that moves the events may stand still until another one takes over. It shows that it is
    /// alive every third of it, while it has something to move. Default 5 s; 1 s to 5 min.
    /// </summary>
    public TimeSpan TakeOverAfter { get; set; } = TimeSpan.FromSeconds(5);
}
