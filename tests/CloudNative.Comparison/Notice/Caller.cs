using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;

namespace CloudNative.Comparison.Notice;

/// <summary>Who calls, and how.</summary>
internal sealed record Caller(string Name, Face Face, CreateStack Create);
