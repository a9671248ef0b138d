using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace CloudNative.Configuration;

/// <summary>What the validation of one start found: our lines, and the exceptions of others.</summary>
internal sealed partial class StartupFailures
{
    private readonly List<string> _lines = [];
    private readonly List<Exception> _thrown = [];
    private bool _ours;
    private bool _foreign;

    public void Run(Action validate)
    {
        try
        {
            validate();
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(IsUnderstood))
        {
            _thrown.Add(exception);
            foreach (var each in exception.InnerExceptions)
            {
                Add(each);
            }
        }
        catch (Exception exception) when (IsUnderstood(exception))
        {
            _thrown.Add(exception);
            Add(exception);
        }
    }

    public void Add(ConfigurationProblems problems)
    {
        foreach (var problem in problems.Items)
        {
            Add(problem.ToString());
        }
    }

    /// <summary>Throws what a validator that is not ours threw.</summary>
    public void ThrowForeign()
    {
        if (_foreign)
        {
            ExceptionDispatchInfo.Throw(_thrown[0]);
        }
    }

    public void Throw()
    {
        if (_ours)
        {
            throw new CloudNativeConfigurationException(_lines);
        }

        ThrowForeign();
    }

    // The binder reports a value that does not convert as InvalidOperationException, which would hide all other
    // problems.
    private static bool IsUnderstood(Exception exception) =>
        exception is OptionsValidationException || OptionsFailure.IsConversion(exception);

    [GeneratedRegex("^CN[0-9]{4} ")]
    private static partial Regex StartsWithId();

    private void Add(Exception exception)
    {
        if (exception is not OptionsValidationException validation)
        {
            Add(OptionsFailure.Describe(exception).ToString());
            return;
        }

        foreach (var failure in validation.Failures)
        {
            Add(StartsWithId().IsMatch(failure) ? failure : $"{validation.OptionsType.Name}: {failure}");
        }
    }

    private void Add(string line)
    {
        if (StartsWithId().IsMatch(line))
        {
            _ours = true;
        }
        else
        {
            _foreign = true;
        }

        // The same options may be validated by the framework and by a check of ours.
        if (!_lines.Contains(line))
        {
            _lines.Add(line);
        }
    }
}
