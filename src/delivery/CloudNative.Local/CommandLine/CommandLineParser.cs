using CloudNative.Local.Running;

namespace CloudNative.Local.CommandLine;

/// <summary>
/// Reads the command line; values follow as <c>--logs all</c> or <c>--logs=all</c>, several with commas between.
/// </summary>
internal static class CommandLineParser
{
    public static ParsedCommandLine Parse(IReadOnlyList<string> args, IReadOnlyList<CommandLineSwitch> switches)
    {
        var problems = new List<string>();
        var chosen = new List<CommandLineSwitch>();
        var settings = new List<Action<LocalAppOptions>>();
        var help = false;
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var arg))
        {
            var (name, value) = Split(arg);
            if (name is "--help" or "-h" or "-?")
            {
                help = true;
            }
            else if (switches.FirstOrDefault(candidate => candidate.Name == arg) is { } found)
            {
                chosen.Add(found);
            }
            else if (CommandLineOption.Find(name) is { } option)
            {
                Read(option, value, rest, settings, problems);
            }
            else
            {
                problems.Add($"{ErrorIds.CommandLine} '{arg}' is no option. Options: {string.Join(", ", Names(switches))}.");
            }
        }

        return new ParsedCommandLine(help, chosen, options => settings.ForEach(set => set(options)), help ? [] : problems);
    }

    private static void Read(
        CommandLineOption option,
        string? value,
        Queue<string> rest,
        List<Action<LocalAppOptions>> settings,
        List<string> problems)
    {
        if (option.Value is null)
        {
            if (value is not null)
            {
                problems.Add($"{ErrorIds.CommandLine} {option.Name} takes no value, and '{value}' was given.");
            }

            settings.Add(options => option.Set(options, ""));
            return;
        }

        if (value is null && rest.TryPeek(out var next) && !next.StartsWith('-'))
        {
            value = rest.Dequeue();
        }

        if (string.IsNullOrEmpty(value))
        {
            problems.Add($"{ErrorIds.CommandLine} {option.Name} needs a value: {option.Name} {option.Value}.");
        }
        else if (option.Allowed?.Invoke(value) is { } allowed)
        {
            problems.Add($"{ErrorIds.CommandLine} {option.Name} is '{value}'. Allowed: {allowed}.");
        }
        else
        {
            settings.Add(options => option.Set(options, value));
        }
    }

    private static (string Name, string? Value) Split(string arg) =>
        arg.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (arg[..at], arg[(at + 1)..]) : (arg, null);

    private static IEnumerable<string> Names(IReadOnlyList<CommandLineSwitch> switches) =>
        CommandLineOption.All.Select(option => option.Name).Concat(switches.Select(own => own.Name)).Append("--help");
}
