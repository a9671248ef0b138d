namespace CloudNative.Testing;

/// <summary>What to start and how. <see cref="ForAssembly"/> is the usual way to make one.</summary>
public sealed class ChildProcessOptions
{
    /// <summary>The program: a path, or a name on the search path.</summary>
    public required string FileName { get; init; }

    /// <summary>Its arguments, each passed on as it stands. Default: none.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables to set; a <see langword="null"/> value removes an inherited one. Default: none.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The directory it runs in. Default: that of the test.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// How long <see cref="ChildProcess.WaitForLineAsync"/> waits. Default 60 s: a hung test ends, a slow machine
    /// passes.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Runs a built assembly with the <c>dotnet</c> that runs the test.</summary>
    /// <param name="path">The path of the DLL.</param>
    /// <param name="arguments">The arguments of its <c>Main</c>.</param>
    /// <returns>The options.</returns>
    public static ChildProcessOptions ForAssembly(string path, params IReadOnlyList<string> arguments) => new()
    {
        FileName = System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        Arguments = ["exec", path, .. arguments],
    };
}
