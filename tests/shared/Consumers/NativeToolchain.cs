namespace CloudNative.Consumers;

/// <summary>Whether this machine can compile ahead of time.</summary>
internal static class NativeToolchain
{
    /// <summary>Skips the test with the reason where it cannot.</summary>
    public static void Require()
    {
        if (OperatingSystem.IsWindows())
        {
            // The linker of Visual Studio is found by the build itself; there is no cheap way to ask.
            return;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        bool Has(string program) => folders.Any(folder => File.Exists(Path.Combine(folder, program)));
        Assert.SkipUnless(
            Has("clang") || Has("gcc"), "Compiling ahead of time needs clang or gcc; build/setup.sh installs it.");
        Assert.SkipUnless(
            OperatingSystem.IsMacOS() || File.Exists("/usr/include/zlib.h"),
            "Compiling ahead of time needs zlib1g-dev; build/setup.sh installs it.");
    }
}
