namespace CloudNative.Lifecycle;

/// <summary>
/// One line of the start summary, written as <c>label: text</c>. The label is one word in lower case, the text short
/// enough for one line of a terminal, without a full stop: <c>new("clients", "catalog, ordering attached; legacy keeps
/// its own resilience", 30)</c>.
/// </summary>
/// <param name="Label">What the line is about: <c>address</c>, <c>clients</c>, <c>telemetry</c>.</param>
/// <param name="Text">What is so, and why.</param>
/// <param name="Order">
/// Lines are sorted by it: 0 who the service is, 10 its address, 20 providers, 30 clients, 40 health, 50 telemetry, 100
/// others. Of more than eight lines the last are left out.
/// </param>
public sealed record StartSummaryLine(string Label, string Text, int Order = 100);
