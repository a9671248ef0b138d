using CloudNative.Local.CommandLine;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Local;

/// <summary>What a program adds to <see cref="LocalApp.RunAsync"/>. Not thread-safe.</summary>
public sealed class LocalAppBuilder
{
    private readonly List<CommandLineSwitch> _switches = [];

    internal LocalAppBuilder()
    {
    }

    internal IReadOnlyList<CommandLineSwitch> Switches => _switches;

    /// <summary>
    /// Adds a switch; when it is given, <paramref name="configure"/> adds to the host, a hosted service that drives
    /// the app for instance.
    /// </summary>
    /// <param name="name">The switch, with its dashes: <c>--smoke</c>.</param>
    /// <param name="help">One line for <c>--help</c>.</param>
    /// <param name="configure">Called before the host is built if the switch is given.</param>
    /// <returns>The same builder.</returns>
    public LocalAppBuilder AddSwitch(string name, string help, Action<HostApplicationBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(help);
        ArgumentNullException.ThrowIfNull(configure);
        _switches.Add(new CommandLineSwitch(name, help, configure));
        return this;
    }
}
