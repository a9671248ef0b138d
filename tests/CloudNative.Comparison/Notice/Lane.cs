using CloudNative.Comparison.Peers;

namespace CloudNative.Comparison.Notice;

/// <summary>One who calls the service.</summary>
/// <param name="Name">Its row.</param>
/// <param name="Port">The port of the victim that nobody else calls; 0 where all ports are its own.</param>
/// <param name="Create">Sets it up anew, so that it remembers nothing of the last time.</param>
internal sealed record Lane(string Name, int Port, Func<Stack> Create);
