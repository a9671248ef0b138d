using CloudNative.Consumers;

namespace CloudNative.PackageTests;

/// <summary>A project outside the repository that installs packages as a user does.</summary>
internal sealed class Consumer(PackageFeed feed, string name)
{
    public string Folder { get; } = feed.CreateFolder(name);

    public string Program => Path.Combine(Folder, "out", name + ".dll");

    public string NativeProgram => Path.Combine(Folder, "out", OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>Writes the project and its code.</summary>
    public Consumer Write(string sdk, string package, string code, string properties = "")
    {
        File.WriteAllText(Path.Combine(Folder, name + ".csproj"), $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(Folder, "Program.cs"), code);
        return this;
    }

    /// <summary>Restores, compiles and publishes it; returns what the build printed.</summary>
    public Task<string> PublishAsync() => Dotnet.RunAsync(Folder, "publish", "-c", "Release", "-nologo", "-o", Path.Combine(Folder, "out"));
}
