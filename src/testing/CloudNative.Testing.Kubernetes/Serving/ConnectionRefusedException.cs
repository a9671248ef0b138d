using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>There is nobody at the other end.</summary>
[SuppressMessage("Design", "CA1064", Justification = "Each way in translates it; it never leaves the package.")]
internal sealed class ConnectionRefusedException() : Exception("The connection is refused.");
