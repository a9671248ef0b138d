using Microsoft.Extensions.Hosting;

namespace CloudNative.Local.CommandLine;

/// <summary>A switch that the program added.</summary>
internal sealed record CommandLineSwitch(string Name, string Help, Action<HostApplicationBuilder> Configure);
