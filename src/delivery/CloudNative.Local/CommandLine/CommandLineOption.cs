using System.Globalization;

namespace CloudNative.Local.CommandLine;

/// <summary>One option of the command line.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Value">How help names its value; null when it takes none.</param>
/// <param name="Help">One line.</param>
/// <param name="Set">Puts the value into the options.</param>
/// <param name="Allowed">What is allowed, when the value is not; null when it is.</param>
internal sealed record CommandLineOption(
    string Name, string? Value, string Help, Action<LocalAppOptions, string> Set, Func<string, string?>? Allowed = null)
{
    public static IReadOnlyList<CommandLineOption> All { get; } =
    [
        new("--file", "<path>", "the app's file or its folder (default: cloudnative.yaml here, else beside the project or above it)",
            (options, value) => options.AppFile = value),
        new("--without", "<service,…>", "leave services out; each gets a launch profile to join from an IDE",
            (options, value) => options.Without = [.. options.Without, .. List(value)]),
        new("--provider", "<name,…>", "who serves the services what it can, such as consul (default: what each service chooses)",
            (options, value) => options.Providers = [.. options.Providers, .. List(value)]),
        new("--logs", "<service,…|all>", "show every line of these services, not only warnings and errors",
            (options, value) => options.Logs = [.. options.Logs, .. List(value)]),
        new("--no-build", null, "start what was built before",
            (options, _) => options.Build = false),
        new("--configuration", "<name>", "build configuration (default: Debug)",
            (options, value) => options.Configuration = value),
        new("--ready-timeout", "<seconds>", "how long a service may take to get ready (default: 60)",
            (options, value) => options.ReadyTimeout = Seconds(value) ?? options.ReadyTimeout,
            value => Seconds(value) is null ? "a number of seconds, from 1 to 3600" : null),
        new("--data", "<folder>", "where runs keep data and logs (default: the user's local application data)",
            (options, value) => options.DataRoot = value),
    ];

    public static CommandLineOption? Find(string name) => All.FirstOrDefault(option => option.Name == name);

    private static string[] List(string value) =>
        value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static TimeSpan? Seconds(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 1 and <= 3600
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
