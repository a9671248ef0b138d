namespace CloudNative.AppModel;

/// <summary>One service of an app.</summary>
/// <param name="Name">Name under which the others find it, a DNS label.</param>
/// <param name="ProjectFile">Full path of the .NET project that it is built from.</param>
/// <param name="Replicas">How many run, 1 to 64. Default 1.</param>
/// <param name="Ports">
/// What it listens on, the port named http first; empty for a worker that listens on nothing.
/// <see langword="null"/> when the file does not say: a web
/// application then gets an http port of its own, anything else none.
/// </param>
/// <param name="Needs">
/// Names of the services it calls. They order the start where that is cheap; a service tolerates missing neighbours.
/// </param>
/// <param name="Environment">Environment variables that it gets; they win over what a tool sets by itself.</param>
public sealed record ServiceDefinition(
    string Name,
    string ProjectFile,
    int Replicas,
    IReadOnlyList<PortDefinition>? Ports,
    IReadOnlyList<string> Needs,
    IReadOnlyDictionary<string, string> Environment);
