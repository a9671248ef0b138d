using System.Diagnostics;
using System.Reflection;

namespace CloudNative.TestSupport.Figures;

/// <summary>Figures are those of the release build: in a debug build the compiler makes each state machine an object of its own.</summary>
internal static class ReleaseBuild
{
    /// <summary>Skips the test, with the reason, when what it measures was built for debugging.</summary>
    public static void Require(Type measured)
    {
        var debuggable = measured.Assembly.GetCustomAttribute<DebuggableAttribute>();
        Assert.SkipWhen(
            debuggable?.IsJITOptimizerDisabled == true,
            $"{measured.Assembly.GetName().Name} was built for debugging; figures count in a release build (./build/test.sh makes one).");
    }
}
