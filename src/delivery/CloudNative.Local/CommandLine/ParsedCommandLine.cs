namespace CloudNative.Local.CommandLine;

/// <summary>What a command line asks for.</summary>
/// <param name="WantsHelp">Whether help is asked for; then the rest does not matter.</param>
/// <param name="Switches">The program's own switches that were given.</param>
/// <param name="Apply">Sets the options.</param>
/// <param name="Problems">What is wrong, one a line.</param>
internal sealed record ParsedCommandLine(
    bool WantsHelp,
    IReadOnlyList<CommandLineSwitch> Switches,
    Action<LocalAppOptions> Apply,
    IReadOnlyList<string> Problems);
