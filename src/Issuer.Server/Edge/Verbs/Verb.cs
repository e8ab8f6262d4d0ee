using System.CommandLine;
using System.Data.Common;
using System.Security.Cryptography;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Server.Edge.Access;
using Issuer.Server.Hosting;
using Issuer.Storage.Pki;
using Issuer.Storage.Schema;

namespace Issuer.Server.Edge.Verbs;

/// <summary>How every verb runs and ends: 0 done, 1 refused with the reasons on stderr, 2 wrong usage.</summary>
static class Verb
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int WrongUsage = 2;

    /// <summary>A verb without a store.</summary>
    public static Command Runs(this Command command, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        command.SetAction((parsed, cancel) => GuardAsync(() => run(parsed, cancel)));
        return command;
    }

    /// <summary>A verb on the store, with the common options added.</summary>
    /// <param name="role">
    /// What a token must carry outside Development; null: the verb only reads for its own machine.
    /// </param>
    /// <param name="writes">Whether it changes the store: then the store's clock must not be ahead.</param>
    /// <param name="mayBegin">
    /// Whether it may make a new store: elsewhere a mistyped directory would look like success.
    /// </param>
    public static Command OnStore(
        this Command command, string? role, bool writes,
        Func<ParseResult, Workplace, Screen, CancellationToken, Task<int>> run, bool mayBegin = false)
    {
        var options = new StoreOptions();
        options.AddTo(command);
        return command.Runs(async (parsed, cancel) =>
        {
            await using var place = await Workplace.OpenAsync(
                options.Read(parsed) with
                {
                    MustExist = !mayBegin,
                    Use = writes ? StoreUse.Write : StoreUse.Read,
                },
                cancel);
            if (role is not null && !place.IsDevelopment)
            {
                await CommandToken.RequireAsync(parsed.GetValue(options.Token), role, place.Clock, cancel);
            }
            if (writes)
            {
                await place.EnterAsync(cancel);
            }
            return await run(parsed, place, new Screen(parsed.GetValue(options.Json)), cancel);
        });
    }

    /// <summary>
    /// A verb that somebody answers for by name: the token's owner, in Development whoever sits at the machine.
    /// </summary>
    public static Command OnStoreAs(
        this Command command, string developer,
        Func<ParseResult, Workplace, Person, Screen, CancellationToken, Task<int>> run)
    {
        var options = new StoreOptions();
        options.AddTo(command);
        return command.Runs(async (parsed, cancel) =>
        {
            await using var place = await Workplace.OpenAsync(options.Read(parsed) with { MustExist = true }, cancel);
            var person = place.IsDevelopment
                ? new Person(developer, Roles.All)
                : await CommandToken.PersonAsync(parsed.GetValue(options.Token), place.Clock, cancel);
            await place.EnterAsync(cancel);
            return await run(parsed, place, person, new Screen(parsed.GetValue(options.Json)), cancel);
        });
    }

    /// <summary>Takes the one running place of a job on this store.</summary>
    public static async Task<IAsyncDisposable> LockAsync(Workplace place, string job, CancellationToken cancel) =>
        await place.Store.TryLockAsync(job, cancel)
        ?? throw new RefusedException(
            new Rejection(RejectionKind.Unavailable, $"another process is running '{job}' on this store"));

    static async Task<int> GuardAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (RefusedException e)
        {
            await Console.Error.WriteLineAsync(e.Rejection.ToString());
        }
        catch (Exception e) when (e is KeyRefusedException or StoreRefusedException)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("interrupted; run it again to go on");
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            await Console.Error.WriteLineAsync(FileFault.Of(e));
        }
        catch (Exception e) when (e is CryptographicException or DbException)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (Exception e)
        {
            // A bug or a broken dependency: one line for the operator, all of it for who looks into it.
            await Console.Error.WriteLineAsync($"internal error: {e.GetType().Name}; set ISSUER_DEBUG=1 for all of it");
            if (Environment.GetEnvironmentVariable("ISSUER_DEBUG") == "1")
            {
                await Console.Error.WriteLineAsync(e.ToString());
            }
        }
        return Refused;
    }
}
