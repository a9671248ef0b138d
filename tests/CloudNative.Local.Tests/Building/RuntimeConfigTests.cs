using CloudNative.Local.Building;
using CloudNative.Local.Tests.Support;

namespace CloudNative.Local.Tests.Building;

public sealed class RuntimeConfigTests : IDisposable
{
    private readonly TestFiles _files = new();

    [Theory]
    [InlineData("""{"runtimeOptions":{"tfm":"net10.0","framework":{"name":"Microsoft.NETCore.App"}}}""", false, true)]
    [InlineData("""{"runtimeOptions":{"tfm":"net10.0","frameworks":[{"name":"A"},{"name":"Microsoft.AspNetCore.App"}]}}""", true, true)]
    [InlineData("""{"runtimeOptions":{"tfm":"net8.0","frameworks":[{"name":"Microsoft.AspNetCore.App"}]}}""", true, false)]
    [InlineData("""{"runtimeOptions":{"tfm":"net10.0","includedFrameworks":[{"name":"Microsoft.AspNetCore.App"}]}}""", true, true)]
    public void Read_Program_KnowsItsFrameworkAndWhetherTheHookFits(string config, bool isWeb, bool takesHook)
    {
        var dll = _files.Write("a.dll", "");
        _files.Write("a.runtimeconfig.json", config);

        Assert.Equal(new ServiceProgram(dll, isWeb, takesHook), RuntimeConfig.Read(dll));
    }

    [Fact]
    public void Read_Library_IsNoProgram() => Assert.Null(RuntimeConfig.Read(_files.Write("a.dll", "")));

    public void Dispose() => _files.Dispose();
}
