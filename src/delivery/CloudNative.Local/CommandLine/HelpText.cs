using System.Text;

namespace CloudNative.Local.CommandLine;

/// <summary>What <c>--help</c> prints, within 80 columns.</summary>
internal static class HelpText
{
    private const int Width = 80;
    private const int Indent = 4;

    public static string Create(IReadOnlyList<CommandLineSwitch> switches)
    {
        var text = new StringBuilder();
        text.AppendLine("Runs the app that cloudnative.yaml describes as processes on this machine.");
        text.AppendLine();
        text.AppendLine("Options:");
        foreach (var own in switches)
        {
            Append(text, own.Name, own.Help);
        }

        foreach (var option in CommandLineOption.All)
        {
            Append(text, option.Value is null ? option.Name : $"{option.Name} {option.Value}", option.Help);
        }

        Append(text, "--help", "show this");
        text.AppendLine();
        text.AppendLine("Exit codes: 0 ran until it was stopped, 1 failed, 3 invalid input,");
        text.Append("6 port in use, 7 not ready in time, 130 cancelled before all was ready.");
        return text.ToString();
    }

    private static void Append(StringBuilder text, string heading, string help)
    {
        text.Append("  ").AppendLine(heading);
        var line = new StringBuilder().Append(' ', Indent);
        foreach (var word in help.Split(' '))
        {
            if (line.Length + 1 + word.Length > Width)
            {
                text.AppendLine(line.ToString().TrimEnd());
                line.Clear().Append(' ', Indent);
            }

            line.Append(word).Append(' ');
        }

        text.AppendLine(line.ToString().TrimEnd());
    }
}
