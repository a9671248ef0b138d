using CloudNative.Local.Building;
using CloudNative.Local.Running;
using CloudNative.Local.Tests.Support;

namespace CloudNative.Local.Tests.Running;

public sealed class ProviderNamesTests : IDisposable
{
    private readonly TestFiles _files = new();

    [Theory]
    [InlineData("consul")]
    [InlineData("CONSUL")]
    public void Check_Installed_IsTaken(string name) => ProviderNames.Check([name], Programs(("Orders", true)));

    [Fact]
    public void Check_NothingLikeIt_NamesWhatIsAllowed()
    {
        var failure = Assert.Throws<LocalAppException>(() => ProviderNames.Check(["rabbitmq"], Programs(("Orders", true))));
        Assert.Equal("CN8050 --provider names 'rabbitmq', which no service has. Allowed: consul.", failure.Message);
        Assert.Equal(LocalAppExitCodes.InvalidInput, failure.ExitCode);
    }

    [Fact]
    public void Check_ServiceWithoutAnyProvider_IsNotAsked() =>
        ProviderNames.Check(["consul"], Programs(("Orders", true), ("Plain", false)));

    [Fact]
    public void Check_NoServiceKnowsProviders_SaysNothing() => ProviderNames.Check(["consul"], Programs(("Plain", false)));

    public void Dispose() => _files.Dispose();

    // A folder as a build leaves it: an assembly that names its provider or one that does not, and what is no assembly.
    private Dictionary<string, ServiceProgram> Programs(params (string Name, bool HasProvider)[] programs) =>
        programs.ToDictionary(program => program.Name, program =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(_files.Root, program.Name)).FullName;
            File.WriteAllText(Path.Combine(folder, "native.dll"), "no assembly");
            var dll = Path.Combine(folder, $"{program.Name}.dll");
            File.Copy(program.HasProvider ? TestFiles.ServiceDll : typeof(ProviderNames).Assembly.Location, dll);
            return new ServiceProgram(dll, IsWeb: true, TakesHook: true);
        });
}
