using CloudNative.Local.Supervision;
using Spectre.Console;

namespace CloudNative.Local.Output;

/// <summary>
/// What the user sees. Whole lines only, nothing is redrawn; colours where the terminal has them and <c>NO_COLOR</c> is
/// not set. Safe to call from any thread.
/// </summary>
internal sealed class AppConsole(IAnsiConsole console)
{
    private const int PlainWidth = 80;
    private const string Reset = "\e[0m";

    // Cyan, yellow, green, magenta, blue, and their bright forms: readable on dark and light. Red is for errors alone.
    private static readonly string[] Colours =
        ["\e[36m", "\e[33m", "\e[32m", "\e[35m", "\e[34m", "\e[96m", "\e[93m", "\e[92m", "\e[95m", "\e[94m"];

    private readonly Lock _gate = new();
    private int _prefixWidth;

    private bool HasColour =>
        console.Profile.Capabilities.Ansi && console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;

    public static AppConsole Create(TextWriter writer, bool isTerminal)
    {
        var colour = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Interactive = InteractionSupport.No,
            Ansi = colour ? AnsiSupport.Detect : AnsiSupport.No,
        });
        if (!isTerminal)
        {
            console.Profile.Width = PlainWidth;
        }

        return new AppConsole(console);
    }

    /// <summary>Makes all prefixes as wide as the longest.</summary>
    public void AlignTo(IEnumerable<string> names) => _prefixWidth = names.Select(name => name.Length).DefaultIfEmpty(0).Max();

    /// <summary>A line of the engine itself.</summary>
    public void Write(string line) => WriteLines(line);

    /// <summary>Something went wrong with the whole run.</summary>
    public void WriteError(string text) => WriteLines(HasColour ? $"\e[31m{text}{Reset}" : text);

    /// <summary>A line that a replica wrote.</summary>
    public void WriteLog(ReplicaName replica, string line, OutputLevel level) =>
        WriteLines(Prefix(replica) + (HasColour ? Paint(line, level) : line));

    /// <summary>A change of a replica's state.</summary>
    public void WriteChange(ReplicaName replica, string text) =>
        WriteLines($"{Prefix(replica)}{(HasColour ? $"\e[1m{text}{Reset}" : text)}");

    /// <summary>The services, one replica a row.</summary>
    public void WriteTable(IReadOnlyList<LocalService> services)
    {
        lock (_gate)
        {
            console.Write(AppTable.Create(services, HasColour));
            console.Profile.Out.Writer.Flush();
        }
    }

    private static string Paint(string line, OutputLevel level) => level switch
    {
        OutputLevel.Error => $"\e[31m{line}{Reset}",
        OutputLevel.Warning => $"\e[33m{line}{Reset}",
        _ => line,
    };

    private string Prefix(ReplicaName replica)
    {
        var name = replica.Display.PadRight(_prefixWidth);
        return HasColour ? $"{Colours[replica.ServiceIndex % Colours.Length]}{name} |{Reset} " : $"{name} | ";
    }

    private void WriteLines(string text)
    {
        lock (_gate)
        {
            console.Profile.Out.Writer.WriteLine(text);
            console.Profile.Out.Writer.Flush();
        }
    }
}
